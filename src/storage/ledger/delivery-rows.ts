import type { Insertable } from 'kysely';
import type { Delivery, PaperRecord, Step } from '../../delivery/delivery.ts';
import { type Database, type LedgerTransaction, locksRows, type Tables } from './database/tables.ts';
import type { RowLog } from './row-log.ts';
import { readDelivery, readPayload } from './schema.ts';

export interface DeliveryRow {
  readonly id: string;
  readonly document: string;
}

export interface PayloadRow {
  readonly n: number | null;
  readonly payload: string | null;
  readonly plain: string | null;
  readonly view: string | null;
}

/** A delivery with what its steps send, as far as `payloads` are given; undefined, and told of, when it cannot be read. */
export function buildDelivery(
  { id, document }: DeliveryRow,
  payloads: readonly PayloadRow[],
  rows: RowLog,
): Delivery | undefined {
  const delivery = readDelivery(document);
  if (delivery === undefined) {
    rows.unreadable('deliveries', id);
    return undefined;
  }
  const steps = delivery.steps.map((step): Step => {
    const { payload = null, plain = null, view = null } = payloads.find(({ n }) => n === step.n) ?? {};
    const [rich, text, seen] = [payload, plain, view].map((one) => {
      const read = one === null ? undefined : readPayload(one);
      if (one !== null && read === undefined) rows.unreadable('payloads', `${id}:${step.n}`);
      return read;
    });
    return {
      ...step,
      payload: rich,
      ...(text === undefined ? {} : { plain: text }),
      ...(seen === undefined ? {} : { view: seen }),
    };
  });
  return { ...delivery, steps };
}

/** The open delivery of a destination, of which there is one at most, and what its steps send. */
export function selectOpen(db: Database, destinationId: string) {
  return db
    .selectFrom('deliveries')
    .leftJoin('payloads', 'delivery_id', 'id')
    .select(['id', 'document', 'n', 'payload', 'plain', 'view'])
    .where('destination_id', '=', destinationId)
    .where('state', '=', 'open')
    .$if(db.isTransaction && locksRows(db), (query) => query.forUpdate('deliveries'))
    .execute();
}

/** False when its destination has an open one. */
export async function insertDelivery(transaction: LedgerTransaction, delivery: Delivery): Promise<boolean> {
  const { id, destinationId, subscriptionId = null, slot, plannedAt, steps } = delivery;
  const planned = { id, destination_id: destinationId, subscription_id: subscriptionId, slot };
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('deliveries')
    .values({ ...planned, planned_at: plannedAt, ...changingColumns(delivery) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows !== 1n) return false;
  await insertPayloads(transaction, id, steps);
  return true;
}

/** Writes what differs. A step keeps what was planned of it; a closed delivery keeps no payloads. */
export async function writeDelivery(
  transaction: LedgerTransaction,
  before: Delivery,
  after: Delivery,
): Promise<void> {
  if (before === after) return;
  const { id, steps } = after;
  await transaction.updateTable('deliveries').set(changingColumns(after)).where('id', '=', id).execute();
  if (after.state !== 'open') await removePayloads(transaction, id);
  else if (steps.length > before.steps.length) {
    const known = new Set(before.steps.map(({ n }) => n));
    await insertPayloads(
      transaction,
      id,
      steps.filter(({ n }) => !known.has(n)),
    );
  }
}

/** Closes an open one that cannot be read, so that its destination gets digests again. Its document stays as it is. */
export async function cancelUnreadable(
  transaction: LedgerTransaction,
  id: string,
  closedAt: number,
): Promise<void> {
  const own = transaction.updateTable('deliveries').where('id', '=', id);
  await own.set({ state: 'cancelled', closed_at: closedAt }).execute();
  await removePayloads(transaction, id);
}

/** A paper that was sent stays so; what is sent later is the newest that is known of it. */
export async function writeRecords(
  transaction: LedgerTransaction,
  destinationId: string,
  records: readonly PaperRecord[],
): Promise<void> {
  if (records.length === 0) return;
  const written = new Map(records.map((record) => [record.paperId, recordRowOf(destinationId, record)]));
  await transaction
    .insertInto('records')
    .values([...written.values()])
    .onConflict((conflict) =>
      conflict
        .columns(['destination_id', 'paper_id'])
        .doUpdateSet(({ ref }) => ({
          kind: ref('excluded.kind'),
          message_id: ref('excluded.message_id'),
          code: ref('excluded.code'),
          unconfirmed: ref('excluded.unconfirmed'),
          at: ref('excluded.at'),
        }))
        .where('excluded.kind', '=', 'sent'),
    )
    .execute();
}

function recordRowOf(destinationId: string, record: PaperRecord): Insertable<Tables['records']> {
  const { paperId, kind, messageId = null, code = null, unconfirmed = false, at } = record;
  return {
    destination_id: destinationId,
    paper_id: paperId,
    kind,
    message_id: messageId,
    code,
    unconfirmed: Number(unconfirmed),
    at,
  };
}

async function insertPayloads(
  transaction: LedgerTransaction,
  deliveryId: string,
  steps: readonly Step[],
): Promise<void> {
  const inserted = steps.map(({ n, payload, plain, view }) => ({
    delivery_id: deliveryId,
    n,
    payload: payload === undefined ? null : JSON.stringify(payload),
    plain: plain === undefined ? null : JSON.stringify(plain),
    view: view === undefined ? null : JSON.stringify(view),
  }));
  if (inserted.length > 0) await transaction.insertInto('payloads').values(inserted).execute();
}

async function removePayloads(transaction: LedgerTransaction, deliveryId: string): Promise<void> {
  await transaction.deleteFrom('payloads').where('delivery_id', '=', deliveryId).execute();
}

/** The columns of a delivery that change after it was planned. */
function changingColumns(delivery: Delivery) {
  const { state, closedAt = null, steps } = delivery;
  const stored = steps.map(({ payload: _payload, plain: _plain, view: _view, ...step }) => step);
  return {
    state,
    closed_at: closedAt,
    is_sent: Number(steps.some(({ status }) => status === 'sent')),
    document: JSON.stringify({ ...delivery, steps: stored }),
  };
}
