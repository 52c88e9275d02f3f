import type { SavedPapers } from '../../papers/saved-papers.ts';
import type { RowLog } from './row-log.ts';
import { readSavedPaper } from './schema.ts';
import { type Database, locksRows } from './database/tables.ts';
import { access, decideWith, transact } from './database/transact.ts';

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

    add: (userId, papers, limit) =>
      transact(db, async (transaction) => {
        const known = await savesOf(transaction, userId).select('paper_id').execute();
        const taken = new Set(known.map((row) => row.paper_id));
        const added: string[] = [];
        const present: string[] = [];
        const left: string[] = [];
        for (const paper of papers) {
          const { paperId, savedAt } = paper;
          if (taken.has(paperId)) present.push(paperId);
          else if (taken.size >= limit) left.push(paperId);
          else {
            const document = JSON.stringify(paper);
            const row = { user_id: userId, paper_id: paperId, saved_at: savedAt, document };
            await transaction.insertInto('saves').values(row).execute();
            taken.add(paperId);
            added.push(paperId);
          }
        }
        return { added, present, left };
      }),

    change: (userId, paperId, change) =>
      transact(db, async (transaction) => {
        const own = savesOf(transaction, userId).where('paper_id', '=', paperId);
        const row = await own
          .select(['paper_id', 'document'])
          .$if(locksRows(transaction), (query) => query.forUpdate())
          .executeTakeFirst();
        const present = row && read(userId, row);
        if (present === undefined) return undefined;
        const changed = decideWith(() => change(present));
        const update = transaction.updateTable('saves').set({ document: JSON.stringify(changed) });
        await update.where('user_id', '=', userId).where('paper_id', '=', paperId).execute();
        return changed;
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
