import type { Insertable, Selectable } from 'kysely';
import type { Delivery, PaperRecord, Step } from '../../delivery/delivery.ts';
import type { RowLog } from './row-log.ts';
import { readDeliveryRow, readPayload, readStepRow } from './schema.ts';
import type {
  Database,
  DeliveriesTable,
  LedgerTransaction,
  RecordsTable,
  StepPapersTable,
  StepsTable,
} from './database/tables.ts';

/** Deliveries with their steps, in the order of the rows, without those that cannot be read. */
export async function withSteps(
  db: Database,
  found: readonly Selectable<DeliveriesTable>[],
  rows: RowLog,
): Promise<readonly Delivery[]> {
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  const of = { steps: db.selectFrom('steps'), papers: db.selectFrom('stepPapers') };
  const steps = await of.steps.selectAll().where('deliveryId', 'in', ids).execute();
  const papers = await of.papers.selectAll().where('deliveryId', 'in', ids).orderBy('position').execute();
  return found.flatMap((row) => {
    const delivery = readDeliveryRow(row);
    if (delivery === undefined) {
      rows.unreadable('deliveries', row.id);
      return [];
    }
    const own = papers.filter(({ deliveryId }) => deliveryId === row.id);
    const papersOf = (n: number | null) => own.filter((paper) => paper.n === n).map(({ paperId }) => paperId);
    const read = steps
      .filter(({ deliveryId }) => deliveryId === row.id)
      .map((step) => readStep(step, { papers: papersOf(step.n), delivery, rows }));
    return [{ ...delivery, hidden: papersOf(null), steps: read.toSorted(byOrderOfSending) }];
  });
}

interface StepContext {
  readonly papers: readonly string[];
  readonly delivery: Omit<Delivery, 'hidden' | 'steps'>;
  readonly rows: RowLog;
}

function readStep(row: Selectable<StepsTable>, { papers, delivery, rows }: StepContext): Step {
  const tell = () => rows.unreadable('steps', `${row.deliveryId}:${row.n}`);
  const step = readStepRow(row);
  if (step === undefined) tell();
  const [payload, plain] = [row.payload, row.plain].map((text) => {
    const read = text === null ? undefined : readPayload(text);
    if (text !== null && read === undefined) tell();
    return read;
  });
  const content = { papers, payload, ...(plain === undefined ? {} : { plain }) };
  return { ...(step ?? uncertainStep(row, delivery)), ...content };
}

/** What became of a step that cannot be read is looked up; it may stand there. */
function uncertainStep(
  { n, position }: Selectable<StepsTable>,
  { plannedAt }: Pick<Delivery, 'plannedAt'>,
): Omit<Step, 'papers' | 'payload' | 'plain'> {
  return {
    n,
    position,
    kind: 'message',
    form: 'rich',
    status: 'uncertain',
    attempts: 1,
    firstAttemptAt: plannedAt,
    mentions: false,
    unconfirmed: false,
  };
}

function byOrderOfSending(one: Step, other: Step): number {
  return one.position - other.position || one.n - other.n;
}

export async function insertDelivery(transaction: LedgerTransaction, delivery: Delivery): Promise<void> {
  const { id, destinationId, place, kind, subscriptionId, slot, plannedAt, hidden, steps } = delivery;
  const planned = { id, destinationId, place: JSON.stringify(place), kind, slot, plannedAt };
  await transaction
    .insertInto('deliveries')
    .values({ ...planned, subscriptionId: subscriptionId ?? null, ...changingColumns(delivery) })
    .execute();
  await insertPapers(
    transaction,
    hidden.map((paperId, position) => ({ deliveryId: id, n: null, position, paperId })),
  );
  await insertSteps(transaction, id, steps);
}

/** Writes what differs. A step keeps what was planned of it; a closed delivery keeps no payloads. */
export async function writeDelivery(
  transaction: LedgerTransaction,
  before: Delivery,
  after: Delivery,
): Promise<void> {
  const { id } = after;
  if (before === after) return;
  await transaction.updateTable('deliveries').set(changingColumns(after)).where('id', '=', id).execute();
  const known = new Map(before.steps.map((step) => [step.n, step]));
  for (const step of after.steps) {
    const present = known.get(step.n);
    if (present === undefined || present === step) continue;
    const own = transaction.updateTable('steps').where('deliveryId', '=', id).where('n', '=', step.n);
    await own.set(progressOf(step)).execute();
  }
  await insertSteps(
    transaction,
    id,
    after.steps.filter(({ n }) => !known.has(n)),
  );
  if (after.state !== 'open') {
    const steps = transaction.updateTable('steps').where('deliveryId', '=', id);
    await steps.set({ payload: null, plain: null }).execute();
  }
}

/** A paper that was sent stays so; what is sent later is the newest that is known of it. */
export async function writeRecords(
  transaction: LedgerTransaction,
  destinationId: string,
  records: readonly PaperRecord[],
): Promise<void> {
  const written = new Map(records.map((record) => [record.paperId, recordRowOf(destinationId, record)]));
  const rows = [...written.values()];
  const sent = rows.filter(({ kind }) => kind === 'sent');
  const others = rows.filter(({ kind }) => kind !== 'sent');
  const insert = transaction.insertInto('records');
  if (sent.length > 0) {
    await insert
      .values(sent)
      .onConflict((conflict) =>
        conflict.columns(['destinationId', 'paperId']).doUpdateSet(({ ref }) => ({
          kind: ref('excluded.kind'),
          messageId: ref('excluded.messageId'),
          code: ref('excluded.code'),
          unconfirmed: ref('excluded.unconfirmed'),
          at: ref('excluded.at'),
        })),
      )
      .execute();
  }
  if (others.length > 0) {
    await insert
      .values(others)
      .onConflict((conflict) => conflict.columns(['destinationId', 'paperId']).doNothing())
      .execute();
  }
}

function recordRowOf(destinationId: string, record: PaperRecord): Insertable<RecordsTable> {
  const { paperId, kind, messageId, code, unconfirmed, at } = record;
  return {
    destinationId,
    paperId,
    kind,
    messageId: messageId ?? null,
    code: code ?? null,
    unconfirmed: flagOf(unconfirmed),
    at,
  };
}

async function insertSteps(
  transaction: LedgerTransaction,
  deliveryId: string,
  steps: readonly Step[],
): Promise<void> {
  if (steps.length === 0) return;
  const inserted = steps.map((step) => stepRowOf(deliveryId, step));
  await transaction.insertInto('steps').values(inserted).execute();
  const papers = steps.flatMap(({ n, papers: shown }) =>
    shown.map((paperId, position) => ({ deliveryId, n, position, paperId })),
  );
  await insertPapers(transaction, papers);
}

async function insertPapers(
  transaction: LedgerTransaction,
  papers: readonly Insertable<StepPapersTable>[],
): Promise<void> {
  if (papers.length > 0) await transaction.insertInto('stepPapers').values(papers).execute();
}

function stepRowOf(deliveryId: string, step: Step): Insertable<StepsTable> {
  const { n, position, kind, threadOf, payload, plain } = step;
  return {
    deliveryId,
    n,
    position,
    kind,
    threadOf: threadOf ?? null,
    payload: payload === undefined ? null : JSON.stringify(payload),
    plain: plain === undefined ? null : JSON.stringify(plain),
    ...progressOf(step),
  };
}

/** The columns of a step that change after it was planned. */
function progressOf(step: Step) {
  return {
    form: step.form,
    status: step.status,
    attempts: step.attempts,
    firstAttemptAt: step.firstAttemptAt ?? null,
    refusal: step.refusal ?? null,
    mentions: flagOf(step.mentions),
    unconfirmed: flagOf(step.unconfirmed),
    messageId: step.messageId ?? null,
    code: step.code ?? null,
  };
}

/** The columns of a delivery that change after it was planned. */
function changingColumns({ state, givenUp, mention, closedAt }: Delivery) {
  return {
    state,
    givenUpReason: givenUp?.reason ?? null,
    givenUpAt: givenUp?.at ?? null,
    mention,
    closedAt: closedAt ?? null,
  };
}

function flagOf(flag: boolean | undefined): number {
  return flag === true ? 1 : 0;
}
