import type { ForYouChoices } from '../../for-you/choices.ts';
import type { Database } from './database/tables.ts';
import { access, transact } from './database/transact.ts';

export function createSqlForYouChoices(db: Database): ForYouChoices {
  const dismissalsOf = (on: Database, userId: string) =>
    on
      .selectFrom('dismissals')
      .select('paper_id')
      .where('user_id', '=', userId)
      .orderBy('dismissed_at', 'desc')
      .orderBy('paper_id', 'desc');

  return {
    dismissed: (userId, most) =>
      access(async () => {
        const rows = await dismissalsOf(db, userId).limit(most).execute();
        return rows.map(({ paper_id: id }) => id);
      }),

    dismiss: ({ userId, paperId, at }, limit) =>
      transact(db, async (transaction) => {
        await transaction
          .insertInto('dismissals')
          .values({ user_id: userId, paper_id: paperId, dismissed_at: at })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        const [oldest] = await dismissalsOf(transaction, userId).offset(limit).limit(1).execute();
        if (oldest === undefined) return;
        const own = transaction.deleteFrom('dismissals').where('user_id', '=', userId);
        await own.where('paper_id', '=', oldest.paper_id).execute();
      }),

    takeBack: (userId, paperId) =>
      access(async () => {
        const own = db.deleteFrom('dismissals').where('user_id', '=', userId);
        await own.where('paper_id', '=', paperId).execute();
      }),

    counts: (userId, guildId) =>
      access(async () => {
        const own = db.selectFrom('counted_saves').select('user_id').where('user_id', '=', userId);
        return (await own.where('guild_id', '=', guildId).executeTakeFirst()) !== undefined;
      }),

    serversOf: (userId) =>
      access(async () => {
        const own = db.selectFrom('counted_saves').select('guild_id').where('user_id', '=', userId);
        return (await own.orderBy('guild_id').execute()).map(({ guild_id: id }) => id);
      }),

    setCounts: ({ userId, guildId, at }) =>
      access(async () => {
        await db
          .insertInto('counted_saves')
          .values({ user_id: userId, guild_id: guildId, agreed_at: at })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }),

    endCounts: (userId, guildId) =>
      access(async () => {
        const own = db.deleteFrom('counted_saves').where('user_id', '=', userId);
        await own.where('guild_id', '=', guildId).execute();
      }),

    savesThatCount: (guildId, { people, most }) =>
      access(async () => {
        const agreed = db.selectFrom('counted_saves').select('user_id').where('guild_id', '=', guildId);
        const saving = agreed.where('user_id', 'in', db.selectFrom('saves').select('user_id'));
        const latest = saving.orderBy('agreed_at', 'desc').orderBy('user_id').limit(people);
        const found: (readonly string[])[] = [];
        for (const { user_id: userId } of await latest.execute()) {
          const saved = db.selectFrom('saves').select('paper_id').where('user_id', '=', userId);
          const own = saved.orderBy('saved_at', 'desc').orderBy('paper_id', 'desc').limit(most);
          found.push((await own.execute()).map(({ paper_id: id }) => id));
        }
        return found;
      }),

    savedMost: (guildId, { since, most }) =>
      access(async () => {
        const found = await db
          .selectFrom('counted_saves')
          .innerJoin('saves', 'saves.user_id', 'counted_saves.user_id')
          .where('counted_saves.guild_id', '=', guildId)
          .where('saves.saved_at', '>=', since)
          .groupBy('saves.paper_id')
          .select(['saves.paper_id', ({ fn }) => fn.countAll().as('savers')])
          .orderBy('savers', 'desc')
          .orderBy(({ fn }) => fn.max('saves.saved_at'), 'desc')
          .orderBy('saves.paper_id')
          .limit(most)
          .execute();
        return found.map(({ paper_id: paperId, savers }) => ({ paperId, savers: Number(savers) }));
      }),

    removeOf: (userId) =>
      transact(db, async (transaction) => {
        await transaction.deleteFrom('dismissals').where('user_id', '=', userId).execute();
        await transaction.deleteFrom('counted_saves').where('user_id', '=', userId).execute();
      }),
  };
}
