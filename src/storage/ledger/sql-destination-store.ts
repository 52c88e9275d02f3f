import type { Clock } from '../../calendar/clock.ts';
import { StorageError } from '../../errors.ts';
import type {
  DestinationChange,
  DestinationStore,
  DueDestination,
} from '../../subscriptions/destination-store.ts';
import type { Destination } from '../../subscriptions/destination.ts';
import {
  findDestination,
  removeDestination,
  withSubscriptions,
  writeDestination,
} from './destination-rows.ts';
import type { RowLog } from './row-log.ts';
import type { Database, LedgerTransaction } from './database/tables.ts';
import { access, decideWith, transact } from './database/transact.ts';

export function createSqlDestinationStore(db: Database, clock: Clock, rows: RowLog): DestinationStore {
  const due = () => db.selectFrom('destinations').where('pausedAt', 'is', null);

  async function change(
    transaction: LedgerTransaction,
    id: string,
    decide: (present: Destination | undefined) => DestinationChange,
  ): Promise<Destination | undefined> {
    const before = expectReadable(await findDestination(transaction, id, rows), id);
    const { destination: after, giveUp } = decideWith(() => decide(before));
    if (after === undefined) await removeDestination(transaction, id);
    else await writeDestination(transaction, before, after);
    if (giveUp !== undefined) {
      await transaction
        .updateTable('deliveries')
        .set({ givenUpReason: giveUp, givenUpAt: clock.now() })
        .where((row) => row.and({ destinationId: id, state: 'open' }))
        .where('givenUpReason', 'is', null)
        .execute();
    }
    return after;
  }

  return {
    get: (id) => access(async () => expectReadable(await findDestination(db, id, rows), id)),

    ofGuild: (guildId) =>
      access(async () => {
        const found = db.selectFrom('destinations').selectAll().where('guildId', '=', guildId);
        return withSubscriptions(db, await found.orderBy('createdAt').orderBy('id').execute(), rows);
      }),

    due: (now) =>
      access(async () => {
        const found = due().select('id').where('nextSlot', '<=', now).orderBy('nextSlot').orderBy('id');
        return (await found.execute()).filter(({ id }) => !rows.isUnreadable('destinations', id)).map(dueOf);
      }),

    dueAfter: ({ timed, instantly }) =>
      access(async () => {
        const found = due()
          .selectAll()
          .where('nextSlot', '>', Math.min(timed, instantly))
          .where((row) =>
            row.or([
              row('nextSlot', '>', timed),
              row.and([row('nextSlot', '>', instantly), row('schedule', 'like', '%"instantly"%')]),
            ]),
          );
        return withSubscriptions(db, await found.execute(), rows);
      }),

    gone: (triedUntil, now) =>
      access(async () => {
        const found = db
          .selectFrom('destinations')
          .select('id')
          .where('troubleKind', '=', 'gone')
          .where((row) => row.or([row('troubleTriedAt', '<=', triedUntil), row('troubleTriedAt', '>', now)]))
          .orderBy('troubleTriedAt');
        return (await found.execute()).map(dueOf);
      }),

    change: (id, decide) => transact(db, (transaction) => change(transaction, id, decide)),

    summary: () =>
      access(async () => {
        const all = db.selectFrom('destinations');
        const { count, last } = await all
          .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('lastDeliveredAt').as('last')])
          .executeTakeFirstOrThrow();
        const oldest = await due()
          .select(({ fn }) => fn.min('nextSlot').as('slot'))
          .where('nextSlot', '<=', clock.now())
          .executeTakeFirst();
        return {
          destinations: count,
          ...(last === null ? {} : { lastDeliveredAt: last }),
          ...(typeof oldest?.slot === 'number' ? { oldestDue: oldest.slot } : {}),
        };
      }),
  };
}

function expectReadable(found: Destination | 'unreadable' | undefined, id: string): Destination | undefined {
  if (found !== 'unreadable') return found;
  throw new StorageError(`The row of destination ${id} cannot be read. It is left as it is.`);
}

/** See `destinationId`. */
function dueOf({ id }: { readonly id: string }): DueDestination {
  return { id, kind: id.startsWith('u') ? 'dm' : 'channel' };
}
