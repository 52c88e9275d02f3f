import type { ReadingStore } from '../../reading/reading-store.ts';
import { type Database, type LedgerTransaction } from './database/tables.ts';
import { access, transact } from './database/transact.ts';
import { readGone } from './reading-schema.ts';

/** The namespace of the servers that the bot was not in when it looked last. */
const GONE = 'servers-gone';

type LeftServers = Pick<ReadingStore, 'servers' | 'noteGone' | 'noteThere' | 'remove'>;

export function createSqlLeftServers(db: Database): LeftServers {
  return {
    servers: () =>
      access(async () => {
        const groups = db.selectFrom('reading_groups').select('guild_id');
        const nominated = db.selectFrom('nominations').select('guild_id');
        const noted = db.selectFrom('key_values').select(['key', 'value']).where('namespace', '=', GONE);
        const gone = new Map((await noted.execute()).map(({ key, value }) => [key, readGone(value)]));
        const found = await groups.union(nominated).execute();
        return found.map(({ guild_id: guildId }) => ({ guildId, gone: gone.get(guildId) }));
      }),

    noteGone: (guildId, gone) =>
      access(async () => {
        const value = JSON.stringify(gone);
        await db
          .insertInto('key_values')
          .values({ namespace: GONE, key: guildId, value, expires_at: null })
          .onConflict((conflict) => conflict.columns(['namespace', 'key']).doUpdateSet({ value }))
          .execute();
      }),

    noteThere: (guildId) => access(() => forgetGone(db, guildId)),

    remove: (guildId) => transact(db, (transaction) => removeServer(transaction, guildId)),
  };
}

async function removeServer(transaction: LedgerTransaction, guildId: string): Promise<void> {
  const meetings = transaction.selectFrom('meetings').select('id').where('guild_id', '=', guildId);
  await transaction.deleteFrom('meeting_votes').where('meeting_id', 'in', meetings).execute();
  for (const table of ['meetings', 'nominations', 'presenters', 'reading_groups'] as const)
    await transaction.deleteFrom(table).where('guild_id', '=', guildId).execute();
  await forgetGone(transaction, guildId);
}

async function forgetGone(on: Database, guildId: string): Promise<void> {
  await on.deleteFrom('key_values').where('namespace', '=', GONE).where('key', '=', guildId).execute();
}
