import { sql } from 'kysely';
import type { Delivery, PaperRecord, Step } from '../../delivery/delivery.ts';
import { type Database, type LedgerTransaction, locksRows } from './database/tables.ts';
import type { RowLog } from './row-log.ts';
import { readDelivery } from './schema.ts';

// Statements of every message are text: building one takes Kysely longer than running it takes SQLite.

export interface DeliveryRow {
  readonly id: string;
  readonly document: string;
}

/** Undefined, and told of, when it cannot be read. */
export function buildDelivery({ id, document }: DeliveryRow, rows: RowLog): Delivery | undefined {
  const delivery = readDelivery(document);
  if (delivery === undefined) rows.unreadable('deliveries', id);
  return delivery;
}

/** The open delivery of a destination, of which there is one at most. */
export async function findOpen(db: Database, destinationId: string): Promise<DeliveryRow | undefined> {
  return await db
    .selectFrom('deliveries')
    .select(['id', 'document'])
    .where('destination_id', '=', destinationId)
    .where('state', '=', 'open')
    .$if(db.isTransaction && locksRows(db), (query) => query.forUpdate())
    .executeTakeFirst();
}

/** False when its destination has an open one. One that cannot be read makes way. */
export async function openDelivery(
  transaction: LedgerTransaction,
  delivery: Delivery,
  rows: RowLog,
): Promise<boolean> {
  if (await insertDelivery(transaction, delivery)) return true;
  const open = await findOpen(transaction, delivery.destinationId);
  if (open === undefined || buildDelivery(open, rows) !== undefined) return false;
  await cancelUnreadable(transaction, open.id, delivery.plannedAt);
  return await insertDelivery(transaction, delivery);
}

async function insertDelivery(transaction: LedgerTransaction, delivery: Delivery): Promise<boolean> {
  const { id, destinationId, subscriptionId = null, slot, plannedAt, state, closedAt = null } = delivery;
  const { numAffectedRows } = await sql`
    INSERT INTO deliveries
      (id, destination_id, subscription_id, slot, planned_at, state, closed_at, is_sent, document)
    VALUES (${id}, ${destinationId}, ${subscriptionId}, ${slot}, ${plannedAt}, ${state}, ${closedAt},
      ${isSent(delivery)}, ${spell(delivery)})
    ON CONFLICT DO NOTHING`.execute(transaction);
  return numAffectedRows === 1n;
}

export async function updateDelivery(transaction: LedgerTransaction, delivery: Delivery): Promise<void> {
  const { id, state, closedAt = null } = delivery;
  await sql`
    UPDATE deliveries SET state = ${state}, closed_at = ${closedAt}, is_sent = ${isSent(delivery)},
      document = ${spell(delivery)}
    WHERE id = ${id}`.execute(transaction);
}

/** Closes an open one that cannot be read, so that its destination gets digests again. Its document stays as it is. */
async function cancelUnreadable(transaction: LedgerTransaction, id: string, closedAt: number): Promise<void> {
  const own = transaction.updateTable('deliveries').where('id', '=', id);
  await own.set({ state: 'cancelled', closed_at: closedAt }).execute();
}

/** A paper that was sent stays so; what is sent later is the newest that is known of it. */
export async function writeRecords(
  transaction: LedgerTransaction,
  destinationId: string,
  records: readonly PaperRecord[],
): Promise<void> {
  if (records.length === 0) return;
  const newest = new Map(records.map((record) => [record.paperId, record]));
  const rows = [...newest.values()].map(
    ({ paperId, kind, messageId = null, code = null, unconfirmed = false, at }) =>
      sql`(${destinationId}, ${paperId}, ${kind}, ${messageId}, ${code}, ${Number(unconfirmed)}, ${at})`,
  );
  await sql`
    INSERT INTO records (destination_id, paper_id, kind, message_id, code, unconfirmed, at)
    VALUES ${sql.join(rows)}
    ON CONFLICT (destination_id, paper_id) DO UPDATE SET kind = excluded.kind, message_id = excluded.message_id,
      code = excluded.code, unconfirmed = excluded.unconfirmed, at = excluded.at
    WHERE excluded.kind = 'sent'`.execute(transaction);
}

function isSent({ steps }: Delivery): number {
  return Number(steps.some(({ status }) => status === 'sent'));
}

/** Without what is not sent any more. */
function spell(delivery: Delivery): string {
  const isOpen = delivery.state === 'open';
  const steps = delivery.steps.map((step) =>
    isOpen && step.status !== 'sent' ? step : withoutContent(step),
  );
  return JSON.stringify({ ...delivery, steps });
}

function withoutContent({ view: _view, shown: _shown, ...step }: Step): Step {
  return step;
}
