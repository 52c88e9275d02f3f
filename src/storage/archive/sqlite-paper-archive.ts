import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Instant } from '../../calendar/zoned-time.ts';
import type { PaperArchive } from '../../papers/paper-archive.ts';
import type { Paper } from '../../papers/paper.ts';
import type { MatchTopics } from '../../topics/match-topics.ts';
import type { PaperSearch } from '../../topics/paper-search.ts';
import { attempt } from './attempt.ts';
import { carryOver, type CarryTarget } from './carry-over.ts';
import { type ArchiveLog, earlierFile, openDatabase } from './open-database.ts';
import { PAPER_COLUMNS, readPaper } from './read-paper.ts';
import { ARCHIVE_TABLES } from './tables.ts';
import { createWordLearner } from './learn-words.ts';
import { buildIndexText } from './index-text.ts';
import { CollectedDayRow, DayCountRow, EndedAtRow, KnownRow, VersionRow } from './schema.ts';
import { removeDatabase } from '../move-database.ts';
import { createSqlitePaperSearch } from './search/sqlite-paper-search.ts';
import { createSqliteTopicMatcher } from './sqlite-topic-matcher.ts';

export interface SqliteArchive {
  readonly archive: PaperArchive;
  readonly search: PaperSearch;
  readonly matchTopics: MatchTopics;
  close(): void;
}

/**
 * Opens the archive's file, making it and its folder where they are missing. It is derived: one that is broken is set
 * aside, one of another version rebuilt from its papers. Raises `StorageError`.
 */
export function openSqliteArchive(options: {
  readonly path: string;
  readonly log?: ArchiveLog;
}): SqliteArchive {
  const { path: file, log = { warn: () => undefined } } = options;
  return attempt('be opened', () => {
    const database = openDatabase(file, log);
    try {
      prepareTables(database, file, log);
      const matcher = createSqliteTopicMatcher(database, () => performance.now());
      return {
        archive: createArchive(database),
        search: createSqlitePaperSearch(database),
        matchTopics: matcher.matchTopics,
        close: () =>
          attempt('be closed', () => {
            matcher.close();
            database.close();
          }),
      };
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function prepareTables(database: DatabaseSync, file: string, log: ArchiveLog): void {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -2000;');
  const { user_version: version } = VersionRow.parse(database.prepare('PRAGMA user_version').get());
  if (version === 0) {
    transact(database, () => {
      database.exec(ARCHIVE_TABLES);
      const { write } = createWriter(database);
      const target = { ...createCollectionRecord(database), write: withNothingBefore(write) };
      carryOver(file, target, log);
    });
  }
  if (file !== ':memory:') removeDatabase(earlierFile(file));
}

function withNothingBefore(write: ReturnType<typeof createWriter>['write']): CarryTarget['write'] {
  return (paper, seenAt) => void write(paper, seenAt, undefined);
}

function createArchive(database: DatabaseSync): PaperArchive {
  const sql = (text: string) => database.prepare(text);
  const known = sql('SELECT number, list_day, first_seen_at, data FROM papers WHERE id = ?');
  const one = sql(`SELECT ${PAPER_COLUMNS} FROM papers WHERE id = ?`);
  const ofDay = sql(`SELECT ${PAPER_COLUMNS} FROM papers WHERE list_day = ? ORDER BY upvotes DESC, id`);
  const days = sql(
    `SELECT list_day AS day, count(*) AS papers FROM papers WHERE list_day IS NOT NULL
     GROUP BY list_day ORDER BY list_day DESC LIMIT ?`,
  );
  const writer = createWriter(database);

  return {
    save: (papers, seenAt) =>
      attempt('be written', () =>
        transact(database, () => {
          writer.begin();
          return papers
            .filter((paper) => {
              const row = known.get(paper.id);
              return writer.write(paper, seenAt, row === undefined ? undefined : KnownRow.parse(row));
            })
            .map(({ id }) => id);
        }),
      ),
    paper: (id) =>
      attempt('be read', () => {
        const row = one.get(id);
        return row === undefined ? undefined : readPaper(row);
      }),
    papersOfDay: (day) => attempt('be read', () => ofDay.all(day).map(readPaper)),
    days: (limit) => attempt('be read', () => days.all(limit).map((row) => DayCountRow.parse(row))),
    ...createCollectionRecord(database),
  };
}

type CollectionRecord = Pick<
  PaperArchive,
  'collectedDays' | 'recordCollectedDay' | 'lastCollection' | 'recordCollection'
>;

function createCollectionRecord(database: DatabaseSync): CollectionRecord {
  const since = database.prepare('SELECT day, ended_at FROM collected_days WHERE day >= ? AND ended_at <= ?');
  const setDay = database.prepare(
    'INSERT INTO collected_days VALUES (?, ?) ON CONFLICT DO UPDATE SET ended_at = excluded.ended_at',
  );
  const last = database.prepare('SELECT ended_at FROM collections WHERE ended_at <= ?');
  const setLast = database.prepare(
    'INSERT INTO collections VALUES (1, ?) ON CONFLICT DO UPDATE SET ended_at = excluded.ended_at',
  );
  return {
    collectedDays: (day, now) =>
      attempt('be read', () => {
        const rows = since.all(day, now).map((row) => CollectedDayRow.parse(row));
        return new Map(rows.map((row) => [row.day, row.ended_at]));
      }),
    recordCollectedDay: (day, endedAt) => attempt('be written', () => void setDay.run(day, endedAt)),
    lastCollection: (now) =>
      attempt('be read', () => {
        const row = last.get(now);
        return row === undefined ? undefined : EndedAtRow.parse(row).ended_at;
      }),
    recordCollection: (endedAt) => attempt('be written', () => void setLast.run(endedAt)),
  };
}

function createWriter(database: DatabaseSync) {
  const insert = database.prepare(
    `INSERT INTO papers (list_day, first_seen_at, published_on, upvotes, comments, stars, has_code, data, id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = database.prepare(
    `UPDATE papers SET list_day = ?, first_seen_at = ?, published_on = ?, upvotes = ?, comments = ?, stars = ?,
     has_code = ?, data = ? WHERE id = ?`,
  );
  const indexes = ['words', 'stems'].map((name) => ({
    remove: database.prepare(`DELETE FROM ${name} WHERE rowid = ?`),
    add: database.prepare(
      `INSERT INTO ${name} (rowid, title, abstract, summary, keyword, author, org, submitter)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
  }));

  const learner = createWordLearner(database);

  /** Returns whether the paper had not been listed before. */
  function write(paper: Paper, seenAt: Instant, present: KnownRow | undefined): boolean {
    const listDay = present?.list_day ?? paper.listDay ?? null;
    const values: SQLInputValue[] = [
      listDay,
      present?.first_seen_at ?? seenAt,
      paper.publishedOn,
      paper.upvotes,
      paper.comments,
      paper.code?.stars ?? null,
      paper.code === undefined ? 0 : 1,
      JSON.stringify(paper),
      paper.id,
    ];
    const number = present?.number ?? Number(insert.run(...values).lastInsertRowid);
    if (present !== undefined) update.run(...values);
    index(number, paper, present?.data);
    return present?.list_day === undefined || present.list_day === null ? listDay !== null : false;
  }

  function index(number: number, paper: Paper, before: Paper | undefined): void {
    const texts = buildIndexText(paper);
    const textsBefore = before === undefined ? undefined : buildIndexText(before);
    if (texts.every((text, column) => text === textsBefore?.[column])) return;
    for (const { remove, add } of indexes) {
      if (before !== undefined) remove.run(number);
      add.run(number, ...texts);
    }
    learner.learn(paper, before);
  }

  return { write, begin: learner.begin };
}

function transact<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
