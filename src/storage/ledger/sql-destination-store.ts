import { sql } from 'kysely';
import type { Clock } from '../../calendar/clock.ts';
import { DAY_MS } from '../../calendar/zoned-time.ts';
import { giveUp } from '../../delivery/step-changes.ts';
import { StorageError } from '../../errors.ts';
import {
  type Destination,
  type DestinationChange,
  type DestinationStore,
  type DueDestination,
  kindOfDestination,
} from '../../subscriptions/destination.ts';
import { buildDelivery, findOpen, updateDelivery } from './delivery-rows.ts';
import type { RowLog } from './row-log.ts';
import { deletePostsOf } from './sql-post-ledger.ts';
import { readDestination } from './schema.ts';
import { type Database, type LedgerTransaction, locksRows } from './database/tables.ts';
import { access, decideWith, transact } from './database/transact.ts';

/** `unreadable`: it is there, and nothing may be concluded from it or written over it. */
export type FoundDestination = Destination | 'unreadable' | undefined;

/** With a clock change, and then some. */
const LONGEST_MONTH_MS = 32 * DAY_MS;

interface DestinationRow {
  readonly id: string;
  readonly document: string;
}

export function createSqlDestinationStore(db: Database, clock: Clock, rows: RowLog): DestinationStore {
  const due = () => db.selectFrom('destinations').where('paused_at', 'is', null);
  const readAll = (found: readonly DestinationRow[]) =>
    found.flatMap((row) => buildDestination(row, rows) ?? []);

  async function change(
    transaction: LedgerTransaction,
    id: string,
    decide: (present: Destination | undefined) => DestinationChange,
  ): Promise<Destination | undefined> {
    const before = expectReadable(await findDestination(transaction, id, rows), id);
    const { destination: after, giveUp: reason } = decideWith(() => decide(before));
    if (after === undefined) await removeDestination(transaction, id);
    else await writeDestination(transaction, before, after);
    const open = reason === undefined ? undefined : await findOpen(transaction, id);
    const delivery = open && buildDelivery(open, rows);
    if (reason !== undefined && delivery !== undefined) {
      await updateDelivery(transaction, giveUp(delivery, reason, clock.now()));
    }
    return after;
  }

  return {
    get: (id) => access(async () => expectReadable(await findDestination(db, id, rows), id)),

    ofGuild: (guildId) =>
      access(async () => {
        const found = db.selectFrom('destinations').select(['id', 'document']);
        const own = found.where('guild_id', '=', guildId);
        return readAll(await own.orderBy('created_at').orderBy('id').execute());
      }),

    due: (now) =>
      access(async () => {
        const found = due().select('id').where('next_slot', '<=', now).orderBy('next_slot').orderBy('id');
        return (await found.execute()).filter(({ id }) => !rows.isUnreadable('destinations', id)).map(dueOf);
      }),

    roundupsDue: (now) =>
      access(async () => {
        const found = due()
          .select('id')
          .where('next_roundup', 'is not', null)
          .where((row) =>
            row.or([row('next_roundup', '<=', now), row('next_roundup', '>', now + LONGEST_MONTH_MS)]),
          )
          .orderBy('next_roundup');
        return (await found.execute()).filter(({ id }) => !rows.isUnreadable('destinations', id)).map(dueOf);
      }),

    dueAfter: ({ timed, instantly }) =>
      access(async () => {
        const found = due()
          .select(['id', 'document'])
          .where('next_slot', '>', Math.min(timed, instantly))
          .where((row) =>
            row.or([
              row('next_slot', '>', timed),
              row.and([row('next_slot', '>', instantly), row('instantly', '=', 1)]),
            ]),
          );
        return readAll(await found.execute());
      }),

    gone: (triedUntil, now) =>
      access(async () => {
        const found = db
          .selectFrom('destinations')
          .select('id')
          .where('trouble_kind', '=', 'gone')
          .where((row) =>
            row.or([row('trouble_tried_at', '<=', triedUntil), row('trouble_tried_at', '>', now)]),
          )
          .orderBy('trouble_tried_at');
        return (await found.execute()).map(dueOf);
      }),

    change: (id, decide) => transact(db, (transaction) => change(transaction, id, decide)),

    summary: () =>
      access(async () => {
        const all = db.selectFrom('destinations');
        const { count, last } = await all
          .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('last_delivered_at').as('last')])
          .executeTakeFirstOrThrow();
        return { destinations: count, ...(last === null ? {} : { lastDeliveredAt: last }) };
      }),
  };
}

/** Undefined, and told of, when it cannot be read. */
export function buildDestination({ id, document }: DestinationRow, rows: RowLog): Destination | undefined {
  const destination = readDestination(document);
  if (destination === undefined) rows.unreadable('destinations', id);
  return destination;
}

/** Finds a destination; in a transaction it stays as it is until the end of that. */
export async function findDestination(db: Database, id: string, rows: RowLog): Promise<FoundDestination> {
  const lock = db.isTransaction && locksRows(db) ? sql`FOR UPDATE` : sql``;
  const { rows: found } = await sql<DestinationRow>`
    SELECT id, document FROM destinations WHERE id = ${id} ${lock}`.execute(db);
  return found[0] && (buildDestination(found[0], rows) ?? 'unreadable');
}

/** Not an upsert: of two who make it at once, the second one has to see the first. */
export async function writeDestination(
  transaction: LedgerTransaction,
  before: Destination | undefined,
  after: Destination,
): Promise<void> {
  if (before === after) return;
  const {
    id,
    place,
    schedule,
    nextSlot,
    pausedAt = null,
    roundup,
    trouble,
    lastDeliveredAt = null,
    createdAt,
  } = after;
  const guildId = place.kind === 'channel' ? place.guildId : null;
  const nextRoundup = roundup?.nextAt ?? null;
  const instantly = Number(schedule.at === 'instantly');
  const [troubleKind, triedAt] = trouble === undefined ? [null, null] : [trouble.kind, trouble.triedAt];
  const document = JSON.stringify(after);
  const write =
    before === undefined
      ? sql`INSERT INTO destinations
          (id, guild_id, next_slot, next_roundup, instantly, paused_at, trouble_kind, trouble_tried_at, last_delivered_at,
            created_at, document)
        VALUES (${id}, ${guildId}, ${nextSlot}, ${nextRoundup}, ${instantly}, ${pausedAt}, ${troubleKind}, ${triedAt},
          ${lastDeliveredAt}, ${createdAt}, ${document})`
      : sql`UPDATE destinations SET guild_id = ${guildId}, next_slot = ${nextSlot},
          next_roundup = ${nextRoundup}, instantly = ${instantly},
          paused_at = ${pausedAt}, trouble_kind = ${troubleKind}, trouble_tried_at = ${triedAt},
          last_delivered_at = ${lastDeliveredAt}, created_at = ${createdAt}, document = ${document}
        WHERE id = ${id}`;
  await write.execute(transaction);
}

export async function removeDestination(transaction: LedgerTransaction, id: string): Promise<void> {
  await deletePostsOf(transaction, id);
  await transaction.deleteFrom('destinations').where('id', '=', id).execute();
}

function expectReadable(found: FoundDestination, id: string): Destination | undefined {
  if (found !== 'unreadable') return found;
  throw new StorageError(`The row of destination ${id} cannot be read. It is left as it is.`);
}

function dueOf({ id }: { readonly id: string }): DueDestination {
  return { id, kind: kindOfDestination(id) };
}
