import type { DatabaseSync } from 'node:sqlite';
import type { ListDay } from '../../calendar/list-day.ts';
import type { Instant } from '../../calendar/zoned-time.ts';
import type { PaperArchive } from '../../papers/paper-archive.ts';
import { ageOfDay, risingFrom, topTenthFrom, USUAL_DAYS } from '../../papers/rising.ts';
import {
  PAPER_COLUMNS,
  readPaper,
  DayCountRow,
  IdRow,
  CollectedDayRow,
  EndedAtRow,
  VotesRow,
} from './schema.ts';
import { transact } from './open-database.ts';
import { createPaperWriter } from './write-papers.ts';

export interface PaperStore extends PaperArchive {
  /** Of papers. */
  count(): number;
}

/** The archive on one connection; what SQLite raises comes through as it is. */
export function createPaperStore(database: DatabaseSync): PaperStore {
  const sql = (text: string) => database.prepare(text);
  const one = sql(`SELECT ${PAPER_COLUMNS} FROM papers WHERE id = ?`);
  const ofDay = sql(`SELECT ${PAPER_COLUMNS} FROM papers WHERE list_day = ? ORDER BY upvotes DESC, id`);
  const days = sql(
    `SELECT list_day AS day, count(*) AS papers FROM papers WHERE list_day IS NOT NULL
     GROUP BY list_day ORDER BY list_day DESC LIMIT ?`,
  );
  const stale = sql(
    `SELECT id FROM papers WHERE (list_day >= ? AND (links_asked_at BETWEEN ? AND ?) IS NOT TRUE)
     OR (id IN (SELECT value FROM json_each(?)) AND (links_asked_at BETWEEN ? AND ?) IS NOT TRUE)
     ORDER BY list_day DESC, upvotes DESC, id LIMIT ?`,
  );
  const count = sql('SELECT count(*) AS papers FROM papers');
  const writer = createPaperWriter(database);

  return {
    count: () => Number(count.get()?.['papers']),
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
    withStaleLinks: ({ since, askedSince, followed, followedAskedSince, now, limit }) =>
      stale
        .all(since, askedSince, now, JSON.stringify(followed), followedAskedSince, now, limit)
        .map((row) => IdRow.parse(row).id),
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
    `INSERT INTO collected_days VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET ended_at = excluded.ended_at, rising_from = excluded.rising_from`,
  );
  // No list is further ahead than tomorrow, and the day after the newest that was asked for, whatever Hugging Face said.
  const redate = database.prepare(
    `UPDATE papers SET list_day = min(date(first_seen_at / 1000, 'unixepoch'), (SELECT max(day) FROM collected_days))
     WHERE list_day > max(date(? / 1000, 'unixepoch', '+1 day'), (SELECT date(max(day), '+1 day') FROM collected_days))`,
  );
  const judgeVotes = createVotesJudge(database);
  const last = database.prepare('SELECT ended_at FROM collections WHERE ended_at <= ?');
  const setLast = database.prepare(
    'INSERT INTO collections VALUES (1, ?) ON CONFLICT DO UPDATE SET ended_at = excluded.ended_at',
  );
  return {
    collectedDays(day, now) {
      const rows = since.all(day, now).map((row) => CollectedDayRow.parse(row));
      return new Map(rows.map((row) => [row.day, row.ended_at]));
    },
    recordCollectedDay(day, endedAt) {
      setDay.run(day, endedAt, judgeVotes(day, endedAt) ?? null);
      redate.run(endedAt);
    },
    lastCollection(now) {
      const row = last.get(now);
      return row === undefined ? undefined : EndedAtRow.parse(row).ended_at;
    },
    recordCollection: (endedAt) => void setLast.run(endedAt),
  };
}

/** Notes the votes of a list day as they are now, and tells from how many of them a paper of it rises. */
function createVotesJudge(database: DatabaseSync): (day: ListDay, seenAt: Instant) => number | undefined {
  const ofDay = database.prepare('SELECT upvotes AS votes FROM papers WHERE list_day = ?');
  const note = database.prepare(
    'INSERT INTO top_tenths VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET votes = excluded.votes',
  );
  const latest = database.prepare(
    'SELECT votes FROM top_tenths WHERE age = ? AND day <= ? ORDER BY day DESC LIMIT ?',
  );
  const votesOf = (rows: readonly unknown[]) => rows.map((row) => VotesRow.parse(row).votes);
  return (day, seenAt) => {
    const own = topTenthFrom(votesOf(ofDay.all(day)));
    if (own === undefined) return undefined;
    const age = ageOfDay(day, seenAt);
    note.run(age, day, own);
    return risingFrom(own, votesOf(latest.all(age, day, USUAL_DAYS)));
  };
}
