import type { SavedPapers } from '../../papers/saved-papers.ts';
import type { RowLog } from './row-log.ts';
import { readSavedPaper } from './schema.ts';
import type { Database } from './database/tables.ts';
import { access, transact } from './database/transact.ts';

export function createSqlSavedPapers(db: Database, rows: RowLog): SavedPapers {
  const savesOf = (on: Database, userId: string) => on.selectFrom('saves').where('user_id', '=', userId);
  const read = (userId: string, { paper_id: id, document }: { paper_id: string; document: string }) => {
    const saved = readSavedPaper(document);
    if (saved === undefined) rows.unreadable('saves', `${userId}:${id}`);
    return saved;
  };
  const countOf = async (on: Database, userId: string) => {
    const { amount } = await savesOf(on, userId)
      .select(({ fn }) => fn.countAll().as('amount'))
      .executeTakeFirstOrThrow();
    return Number(amount);
  };

  return {
    get: (userId, paperId) =>
      access(async () => {
        const own = savesOf(db, userId).select(['paper_id', 'document']);
        const row = await own.where('paper_id', '=', paperId).executeTakeFirst();
        return row && read(userId, row);
      }),

    count: (userId) => access(() => countOf(db, userId)),

    list: (userId, { from, most }) =>
      access(async () => {
        const own = savesOf(db, userId).select(['paper_id', 'document']);
        const latest = own.orderBy('saved_at', 'desc').orderBy('paper_id', 'desc');
        const found = await latest.offset(from).limit(most).execute();
        return found.flatMap((row) => read(userId, row) ?? []);
      }),

    add: (paper, limit) =>
      transact(db, async (transaction) => {
        const { userId, paperId, savedAt } = paper;
        const own = savesOf(transaction, userId).select('paper_id').where('paper_id', '=', paperId);
        if ((await own.executeTakeFirst()) !== undefined) return 'present';
        if ((await countOf(transaction, userId)) >= limit) return 'full';
        const document = JSON.stringify(paper);
        const row = { user_id: userId, paper_id: paperId, saved_at: savedAt, document };
        await transaction.insertInto('saves').values(row).execute();
        return 'added';
      }),

    remove: (userId, paperId) =>
      access(async () => {
        const own = db.deleteFrom('saves').where('user_id', '=', userId);
        await own.where('paper_id', '=', paperId).execute();
      }),

    removeOf: (userId) =>
      access(async () => {
        await db.deleteFrom('saves').where('user_id', '=', userId).execute();
      }),
  };
}
