import type { Kysely, Transaction } from 'kysely';

/** An instant in ms. */
type Time = number;
/** 0 or 1. */
type Flag = number;

/** The settings of one destination. `place` and `schedule` are JSON. */
export interface DestinationsTable {
  id: string;
  guildId: string | null;
  place: string;
  schedule: string;
  style: string;
  max: number;
  overflow: string;
  mention: string | null;
  nextSlot: Time;
  coveredSlot: Time | null;
  mentionedOn: string | null;
  lastDeliveredAt: Time | null;
  pausedAt: Time | null;
  troubleKind: string | null;
  troubleCode: number | null;
  troubleSince: Time | null;
  troubleTriedAt: Time | null;
  createdAt: Time;
}

export interface SubscriptionsTable {
  id: string;
  destinationId: string;
  /** Its place among those of the destination. */
  position: number;
  name: string;
  query: string;
  minUpvotes: number;
  startDay: string;
  createdAt: Time;
  createdBy: string;
}

/** `place` is JSON. */
export interface DeliveriesTable {
  id: string;
  destinationId: string;
  place: string;
  kind: string;
  subscriptionId: string | null;
  slot: Time;
  state: string;
  givenUpReason: string | null;
  givenUpAt: Time | null;
  mention: string;
  plannedAt: Time;
  closedAt: Time | null;
}

/** `payload` and `plain` are JSON, and null once the delivery is closed. */
export interface StepsTable {
  deliveryId: string;
  n: number;
  position: number;
  kind: string;
  threadOf: number | null;
  payload: string | null;
  plain: string | null;
  form: string;
  status: string;
  attempts: number;
  firstAttemptAt: Time | null;
  refusal: number | null;
  mentions: Flag;
  unconfirmed: Flag;
  messageId: string | null;
  code: number | null;
}

/** The papers of each step; with no step, those that the delivery hides. */
export interface StepPapersTable {
  deliveryId: string;
  n: number | null;
  position: number;
  paperId: string;
}

export interface RecordsTable {
  destinationId: string;
  paperId: string;
  kind: string;
  messageId: string | null;
  code: number | null;
  unconfirmed: Flag;
  at: Time;
}

export interface KeyValuesTable {
  namespace: string;
  key: string;
  value: string;
  expiresAt: Time | null;
}

/** The tables of the ledger; the columns in the database are in snake case. */
export interface Tables {
  destinations: DestinationsTable;
  subscriptions: SubscriptionsTable;
  deliveries: DeliveriesTable;
  steps: StepsTable;
  stepPapers: StepPapersTable;
  records: RecordsTable;
  keyValues: KeyValuesTable;
}

export type Database = Kysely<Tables>;
export type LedgerTransaction = Transaction<Tables>;
