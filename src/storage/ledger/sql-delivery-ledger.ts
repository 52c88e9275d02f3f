import { sql } from 'kysely';
import type { PaperRecord } from '../../delivery/delivery.ts';
import type { DeliveryLedger, DeliveryView } from '../../delivery/delivery-ledger.ts';
import type { Transition } from '../../delivery/transitions.ts';
import { buildPosts } from '../../digest/post.ts';
import { kindOfDestination } from '../../subscriptions/destination.ts';
import {
  buildDelivery,
  type DeliveryRow,
  findOpen,
  openDelivery,
  updateDelivery,
  writeRecords,
} from './delivery-rows.ts';
import { insertPosts } from './sql-post-ledger.ts';
import type { RowLog } from './row-log.ts';
import { readRecord } from './schema.ts';
import {
  buildDestination,
  findDestination,
  removeDestination,
  writeDestination,
} from './sql-destination-store.ts';
import { findFollows } from './sql-follow-store.ts';
import { type Database, type LedgerTransaction, locksRows } from './database/tables.ts';
import { access, decideWith, transact } from './database/transact.ts';

interface ViewRow extends DeliveryRow {
  readonly destination_id: string;
  readonly destination: string | null;
}

export function createSqlDeliveryLedger(db: Database, rows: RowLog): DeliveryLedger {
  /** In a transaction it locks the destination, then the delivery: every transaction does so in this order. */
  async function find(on: Database, id: string): Promise<DeliveryView | undefined> {
    const isLocking = on.isTransaction && locksRows(on);
    // What is inside is locked first: what locks at the end gets its rows from there.
    const places = isLocking
      ? sql`(SELECT id, document FROM destinations
          WHERE id = (SELECT destination_id FROM deliveries WHERE id = ${id}) FOR UPDATE)`
      : sql`destinations`;
    const { rows: found } = await sql<ViewRow>`
      SELECT deliveries.id, destination_id, deliveries.document, place.document AS destination
      FROM deliveries
      LEFT JOIN ${places} AS place ON place.id = destination_id
      WHERE deliveries.id = ${id} ${isLocking ? sql`FOR UPDATE OF deliveries` : sql``}`.execute(on);
    const [row] = found;
    const delivery = row && buildDelivery(row, rows);
    if (row === undefined || delivery === undefined) return undefined;
    const { destination_id: destinationId, destination } = row;
    // Where the settings cannot be read, a delivery ends as it was planned, and nothing is written over them.
    const settings =
      destination === null ? undefined : buildDestination({ id: destinationId, document: destination }, rows);
    return { delivery, destination: settings };
  }

  return {
    plan: (delivery, decide) =>
      transact(db, async (transaction) => {
        const { destinationId, kind } = delivery;
        const destination = await findDestination(transaction, destinationId, rows);
        const followed = kind === 'notice' ? await findFollows(transaction, destinationId, rows) : [];
        if (destination === 'unreadable' || !decideWith(() => decide(destination, followed))) return false;
        return await openDelivery(transaction, delivery, rows);
      }),

    transition: (id, decide) =>
      transact(db, async (transaction) => {
        const view = await find(transaction, id);
        if (view === undefined) return undefined;
        const after = decideWith(() => decide(view));
        return after === undefined ? undefined : write(transaction, view, after);
      }),

    get: (id) => access(() => find(db, id)),

    open: () =>
      access(async () => {
        const open = db.selectFrom('deliveries').select(['id', 'destination_id']).where('state', '=', 'open');
        const found = await open.orderBy('planned_at').orderBy('id').execute();
        return found
          .filter(({ id }) => !rows.isUnreadable('deliveries', id))
          .map(({ id, destination_id: destinationId }) => ({
            id,
            destinationId,
            kind: kindOfDestination(destinationId),
          }));
      }),

    openOf: (destinationId) =>
      access(async () => {
        const row = await findOpen(db, destinationId);
        return row && buildDelivery(row, rows);
      }),

    latestOf: (destinationId, limit, until) =>
      access(async () => {
        const own = db.selectFrom('deliveries').select(['id', 'document']);
        const closed = own.where('destination_id', '=', destinationId).where('state', '!=', 'open');
        const believed = until === undefined ? closed : closed.where('closed_at', '<=', until);
        const found = await believed.orderBy('closed_at', 'desc').limit(limit).execute();
        return found.flatMap((row) => buildDelivery(row, rows) ?? []);
      }),

    lastSample: (subscriptionId) =>
      access(async () => {
        const sent = db.selectFrom('deliveries').where('is_sent', '=', 1);
        const newest = await sent
          .where('subscription_id', '=', subscriptionId)
          .select(({ fn }) => fn.max('slot').as('slot'))
          .executeTakeFirst();
        return newest?.slot ?? undefined;
      }),

    recordsOf: (destinationId, paperIds) =>
      access(async () => {
        const records = new Map<string, PaperRecord>();
        if (paperIds?.length === 0) return records;
        const all = db.selectFrom('records').selectAll().where('destination_id', '=', destinationId);
        const found = paperIds === undefined ? all : all.where('paper_id', 'in', paperIds);
        for (const row of await found.execute()) {
          const paperId = row.paper_id;
          const record = readRecord(row);
          if (record === undefined) rows.unreadable('records', `${destinationId}:${paperId}`);
          // The paper counts, whatever the rest says: it does not come again.
          records.set(paperId, record ?? { paperId, kind: 'sent', at: 0 });
        }
        return records;
      }),

    forget: (destinationId) =>
      transact(db, async (transaction) => {
        const closed = transaction.deleteFrom('deliveries').where('state', '!=', 'open');
        await closed.where('destination_id', '=', destinationId).execute();
        await transaction.deleteFrom('records').where('destination_id', '=', destinationId).execute();
      }),
  };
}

async function write(
  transaction: LedgerTransaction,
  before: DeliveryView,
  { delivery, records, destination }: Transition,
): Promise<DeliveryView> {
  if (delivery !== before.delivery) await updateDelivery(transaction, delivery);
  await writeRecords(transaction, delivery.destinationId, records);
  await insertPosts(transaction, buildPosts({ delivery, destination: before.destination }, records));
  if (destination === undefined) return { delivery, destination: before.destination };
  if (destination === 'removed') {
    await removeDestination(transaction, delivery.destinationId);
    return { delivery, destination: undefined };
  }
  await writeDestination(transaction, before.destination, destination);
  return { delivery, destination };
}
