import type { DatabaseSync } from 'node:sqlite';
import type { PaperArchive } from '../../papers/paper-archive.ts';
import { createCollectionRecord } from './collection-record.ts';
import { PAPER_COLUMNS, readPaper } from './read-paper.ts';
import { DayCountRow } from './schema.ts';
import { transact } from './transact.ts';
import { createPaperWriter } from './write-papers.ts';

/** The archive on one connection; what SQLite raises comes through as it is. */
export function createPaperStore(database: DatabaseSync): PaperArchive {
  const sql = (text: string) => database.prepare(text);
  const one = sql(`SELECT ${PAPER_COLUMNS} FROM papers WHERE id = ?`);
  const ofDay = sql(`SELECT ${PAPER_COLUMNS} FROM papers WHERE list_day = ? ORDER BY upvotes DESC, id`);
  const days = sql(
    `SELECT list_day AS day, count(*) AS papers FROM papers WHERE list_day IS NOT NULL
     GROUP BY list_day ORDER BY list_day DESC LIMIT ?`,
  );
  const writer = createPaperWriter(database);

  return {
    save: (papers, seenAt) =>
      transact(database, () => {
        writer.begin();
        return papers.filter((paper) => writer.write(paper, seenAt)).map(({ id }) => id);
      }),
    paper(id) {
      const row = one.get(id);
      return row === undefined ? undefined : readPaper(row);
    },
    papersOfDay: (day) => ofDay.all(day).map(readPaper),
    days: (limit) => days.all(limit).map((row) => DayCountRow.parse(row)),
    ...createCollectionRecord(database),
  };
}
