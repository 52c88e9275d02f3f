import type { Insertable, Selectable } from 'kysely';
import type { Destination } from '../../subscriptions/destination.ts';
import type { Subscription } from '../../subscriptions/subscription.ts';
import type { RowLog } from './row-log.ts';
import { readDestinationRow, readSubscriptionRow } from './schema.ts';
import type {
  Database,
  DestinationsTable,
  LedgerTransaction,
  SubscriptionsTable,
} from './database/tables.ts';
import { locksRows } from './database/transact.ts';

/** Bound values in one statement; SQLite's own limit lies far above, PostgreSQL's at 65,535. */
const IDS_AT_ONCE = 500;

/** `unreadable`: it is there, and nothing may be concluded from it or written over it. */
export type FoundDestination = Destination | 'unreadable' | undefined;

/** Finds a destination; in a transaction it stays as it is until the end of that. */
export async function findDestination(db: Database, id: string, rows: RowLog): Promise<FoundDestination> {
  const row = await db
    .selectFrom('destinations')
    .selectAll()
    .where('id', '=', id)
    .$if(db.isTransaction && locksRows(db), (query) => query.forUpdate())
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const [destination] = await withSubscriptions(db, [row], rows);
  return destination ?? 'unreadable';
}

/** Destinations with their subscriptions, without those that cannot be read. */
export async function withSubscriptions(
  db: Database,
  found: readonly Selectable<DestinationsTable>[],
  rows: RowLog,
): Promise<readonly Destination[]> {
  const subscriptions = new Map<string, Subscription[]>();
  for (let from = 0; from < found.length; from += IDS_AT_ONCE) {
    const ids = found.slice(from, from + IDS_AT_ONCE).map(({ id }) => id);
    for (const row of await selectSubscriptions(db, ids)) {
      const subscription = readSubscriptionRow(row);
      if (subscription === undefined) rows.unreadable('subscriptions', row.id);
      else
        subscriptions.set(row.destinationId, [...(subscriptions.get(row.destinationId) ?? []), subscription]);
    }
  }
  return found.flatMap((row) => {
    const settings = readDestinationRow(row);
    const own = subscriptions.get(row.id);
    if (settings !== undefined && own !== undefined) return [{ ...settings, subscriptions: own }];
    rows.unreadable('destinations', row.id);
    return [];
  });
}

function selectSubscriptions(
  db: Database,
  ids: readonly string[],
): Promise<Selectable<SubscriptionsTable>[]> {
  return db
    .selectFrom('subscriptions')
    .selectAll()
    .where('destinationId', 'in', ids)
    .orderBy('position')
    .execute();
}

/** Writes what differs. Subscriptions that cannot be read stay, since they were not among those before. */
export async function writeDestination(
  transaction: LedgerTransaction,
  before: Destination | undefined,
  after: Destination,
): Promise<void> {
  if (before === after) return;
  const row = rowOf(after);
  if (before === undefined) await transaction.insertInto('destinations').values(row).execute();
  else await transaction.updateTable('destinations').set(row).where('id', '=', after.id).execute();
  if (before?.subscriptions !== after.subscriptions) await writeSubscriptions(transaction, before, after);
}

/** Its subscriptions go with it. */
export async function removeDestination(transaction: LedgerTransaction, id: string): Promise<void> {
  await transaction.deleteFrom('destinations').where('id', '=', id).execute();
}

async function writeSubscriptions(
  transaction: LedgerTransaction,
  before: Destination | undefined,
  after: Destination,
): Promise<void> {
  const kept = new Set(after.subscriptions.map(({ id }) => id));
  const removed = (before?.subscriptions ?? []).map(({ id }) => id).filter((id) => !kept.has(id));
  if (removed.length > 0) await transaction.deleteFrom('subscriptions').where('id', 'in', removed).execute();
  const changed = after.subscriptions.flatMap((subscription, position) =>
    subscription === before?.subscriptions[position] ? [] : [subscriptionRowOf(subscription, position)],
  );
  for (const row of changed) {
    await transaction
      .insertInto('subscriptions')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  }
}

function rowOf(destination: Destination): Insertable<DestinationsTable> {
  const { place, schedule, trouble } = destination;
  return {
    id: destination.id,
    guildId: place.kind === 'channel' ? place.guildId : null,
    place: JSON.stringify(place),
    schedule: JSON.stringify(schedule),
    style: destination.style,
    max: destination.max,
    overflow: destination.overflow,
    mention: destination.mention ?? null,
    nextSlot: destination.nextSlot,
    coveredSlot: destination.coveredSlot ?? null,
    mentionedOn: destination.mentionedOn ?? null,
    lastDeliveredAt: destination.lastDeliveredAt ?? null,
    pausedAt: destination.pausedAt ?? null,
    troubleKind: trouble?.kind ?? null,
    troubleCode: trouble?.code ?? null,
    troubleSince: trouble?.since ?? null,
    troubleTriedAt: trouble?.triedAt ?? null,
    createdAt: destination.createdAt,
  };
}

function subscriptionRowOf(subscription: Subscription, position: number): Insertable<SubscriptionsTable> {
  const { topic, ...rest } = subscription;
  const { id, destinationId, minUpvotes, startDay, createdAt, createdBy } = rest;
  return { id, destinationId, position, ...topic, minUpvotes, startDay, createdAt, createdBy };
}
