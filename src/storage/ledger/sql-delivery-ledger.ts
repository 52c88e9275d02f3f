import type { Selectable } from 'kysely';
import type { Delivery, PaperRecord } from '../../delivery/delivery.ts';
import type { DeliveryLedger, DeliveryView } from '../../delivery/delivery-ledger.ts';
import type { Transition } from '../../delivery/transitions.ts';
import { StorageError } from '../../errors.ts';
import { insertDelivery, withSteps, writeDelivery, writeRecords } from './delivery-rows.ts';
import { findDestination, removeDestination, writeDestination } from './destination-rows.ts';
import type { RowLog } from './row-log.ts';
import { readDeliveryRow, readRecordRow } from './schema.ts';
import type { Database, DeliveriesTable, LedgerTransaction } from './database/tables.ts';
import { access, decideWith, locksRows, transact } from './database/transact.ts';

export function createSqlDeliveryLedger(db: Database, rows: RowLog): DeliveryLedger {
  /** In a transaction it locks the destination, then the delivery: every transaction does so in this order. */
  async function find(on: Database, id: string): Promise<DeliveryView | undefined> {
    const known = on.selectFrom('deliveries').select('destinationId').where('id', '=', id);
    const { destinationId } = (await known.executeTakeFirst()) ?? {};
    if (destinationId === undefined) return undefined;
    const destination = await findDestination(on, destinationId, rows);
    const row = await on
      .selectFrom('deliveries')
      .selectAll()
      .where('id', '=', id)
      .$if(on.isTransaction && locksRows(on), (query) => query.forUpdate())
      .executeTakeFirst();
    if (row === undefined) return undefined;
    // Where the settings cannot be read, a delivery ends as it was planned, and nothing is written over them.
    return {
      delivery: await readOne(on, row),
      destination: destination === 'unreadable' ? undefined : destination,
    };
  }

  async function readOne(on: Database, row: Selectable<DeliveriesTable>): Promise<Delivery> {
    const [delivery] = await withSteps(on, [row], rows);
    if (delivery !== undefined) return delivery;
    throw new StorageError(`The row of delivery ${row.id} cannot be read. It is left as it is.`);
  }

  async function findOpen(on: Database, destinationId: string) {
    const open = on.selectFrom('deliveries').selectAll().where('destinationId', '=', destinationId);
    return open.where('state', '=', 'open').executeTakeFirst();
  }

  return {
    plan: (delivery, decide) =>
      transact(db, async (transaction) => {
        const { destinationId } = delivery;
        const destination = await findDestination(transaction, destinationId, rows);
        if (destination === 'unreadable') return false;
        if ((await findOpen(transaction, destinationId)) !== undefined) return false;
        if (!decideWith(() => decide(destination))) return false;
        await insertDelivery(transaction, delivery);
        return true;
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
        const open = db.selectFrom('deliveries').selectAll().where('state', '=', 'open');
        const found = await open.orderBy('plannedAt').orderBy('id').execute();
        return found.flatMap((row) => {
          const delivery = readDeliveryRow(row);
          if (delivery === undefined) rows.unreadable('deliveries', row.id);
          const { id, destinationId } = row;
          return delivery === undefined ? [] : [{ id, destinationId, kind: delivery.place.kind }];
        });
      }),

    openOf: (destinationId) =>
      access(async () => {
        const row = await findOpen(db, destinationId);
        return row === undefined ? undefined : readOne(db, row);
      }),

    latestOf: (destinationId, limit) =>
      access(async () => {
        const own = db.selectFrom('deliveries').selectAll().where('destinationId', '=', destinationId);
        const closed = own.where('state', '!=', 'open').orderBy('closedAt', 'desc').limit(limit);
        return withSteps(db, await closed.execute(), rows);
      }),

    lastSample: (subscriptionId) =>
      access(async () => {
        const newest = await db
          .selectFrom('deliveries')
          .innerJoin('steps', 'steps.deliveryId', 'deliveries.id')
          .where('subscriptionId', '=', subscriptionId)
          .where('deliveries.kind', '=', 'sample')
          .where('status', '=', 'sent')
          .select(({ fn }) => fn.max('slot').as('slot'))
          .executeTakeFirst();
        return newest?.slot ?? undefined;
      }),

    recordsOf: (destinationId) =>
      access(async () => {
        const found = db.selectFrom('records').selectAll().where('destinationId', '=', destinationId);
        const records = new Map<string, PaperRecord>();
        for (const row of await found.execute()) {
          const record = readRecordRow(row);
          if (record === undefined) rows.unreadable('records', `${destinationId}:${row.paperId}`);
          // The paper counts, whatever the rest says: it does not come again.
          records.set(row.paperId, record ?? { paperId: row.paperId, kind: 'sent', at: 0 });
        }
        return records;
      }),

    forget: (destinationId) =>
      transact(db, async (transaction) => {
        const closed = transaction.deleteFrom('deliveries').where('state', '!=', 'open');
        await closed.where('destinationId', '=', destinationId).execute();
        await transaction.deleteFrom('records').where('destinationId', '=', destinationId).execute();
      }),
  };
}

async function write(
  transaction: LedgerTransaction,
  before: DeliveryView,
  { delivery, records, destination }: Transition,
): Promise<DeliveryView> {
  await writeDelivery(transaction, before.delivery, delivery);
  await writeRecords(transaction, delivery.destinationId, records);
  if (destination === undefined) return { delivery, destination: before.destination };
  if (destination === 'removed') {
    await removeDestination(transaction, delivery.destinationId);
    return { delivery, destination: undefined };
  }
  await writeDestination(transaction, before.destination, destination);
  return { delivery, destination };
}
