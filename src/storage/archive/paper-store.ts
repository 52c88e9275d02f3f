import type { DatabaseSync } from 'node:sqlite';
import type { PaperArchive } from '../../papers/paper-archive.ts';
import { PAPER_COLUMNS, readPaper, DayCountRow, CollectedDayRow, EndedAtRow } from './schema.ts';
import { transact } from './open-database.ts';
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

type CollectionRecord = Pick<
  PaperArchive,
  'collectedDays' | 'recordCollectedDay' | 'lastCollection' | 'recordCollection'
>;

/** What was collected, and when. */
export function createCollectionRecord(database: DatabaseSync): CollectionRecord {
  const since = database.prepare('SELECT day, ended_at FROM collected_days WHERE day >= ? AND ended_at <= ?');
  const setDay = database.prepare(
    'INSERT INTO collected_days VALUES (?, ?) ON CONFLICT DO UPDATE SET ended_at = excluded.ended_at',
  );
  const last = database.prepare('SELECT ended_at FROM collections WHERE ended_at <= ?');
  const setLast = database.prepare(
    'INSERT INTO collections VALUES (1, ?) ON CONFLICT DO UPDATE SET ended_at = excluded.ended_at',
  );
  return {
    collectedDays(day, now) {
      const rows = since.all(day, now).map((row) => CollectedDayRow.parse(row));
      return new Map(rows.map((row) => [row.day, row.ended_at]));
    },
    recordCollectedDay: (day, endedAt) => void setDay.run(day, endedAt),
    lastCollection(now) {
      const row = last.get(now);
      return row === undefined ? undefined : EndedAtRow.parse(row).ended_at;
    },
    recordCollection: (endedAt) => void setLast.run(endedAt),
  };
}
