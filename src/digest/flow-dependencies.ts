import type { Clock, Random } from '../calendar/clock.ts';
import type { PaperArchive } from '../papers/paper-archive.ts';
import type { DestinationStore, SubscriptionStore } from '../subscriptions/stores.ts';
import type { MatchTopics } from '../topics/match-topics.ts';
import type { DeliveryStore } from './delivery-store.ts';
import type { Messenger } from './messenger.ts';

/** A fixed message, with the variables as fields. */
export interface FlowLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Turn {
  readonly destinationId: string;
  readonly signal: AbortSignal;
}

export interface FlowDependencies {
  readonly clock: Clock;
  readonly random: Random;
  readonly archive: Pick<PaperArchive, 'lastCollection'>;
  readonly matchTopics: MatchTopics;
  readonly destinations: DestinationStore;
  readonly subscriptions: SubscriptionStore;
  readonly deliveries: DeliveryStore;
  readonly messenger: Messenger;
  /** How many deliveries of slots are planned, or wait for their first turn, at a time. */
  readonly plansAhead: { readonly channels: number; readonly dms: number };
  /** Runs a send when it is its destination's turn; at once when the signal is aborted. Never held during a back-off. */
  readonly inTurn: <T>(turn: Turn, task: () => Promise<T>) => Promise<T>;
  readonly log: FlowLog;
  /** Called when no send can succeed any more, such as with a revoked token; the process should stop. */
  readonly onFatal: (message: string) => void;
}
