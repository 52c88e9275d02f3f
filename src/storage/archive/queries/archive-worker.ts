import { flushCompileCache } from 'node:module';
import { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';
import type { ListDay } from '../../../calendar/list-day.ts';
import type {
  ListDayRange,
  MatchedPaper,
  PaperSearch,
  PickedPaper,
  PickRequest,
  SearchRequest,
  Explanation,
  SearchResult,
  Suggestion,
} from '../../../topics/paper-search.ts';
import { type Query, leavesOf } from '../../../topics/query/query.ts';
import { type Damage, damageOf } from '../open-database.ts';
import { WorkerData, CountRow, DayCountRow, VotedRow, MatchedRow, MatchRow } from '../schema.ts';
import type { ArchivedPaper } from '../../../papers/paper.ts';
import { createSearch } from '../search/search-papers.ts';
import { searchInEnglish } from '../search/search-in-english.ts';
import { findSimilar } from '../search/similar.ts';
import { createSuggest } from '../search/suggest.ts';
import { createSpelling } from '../search/spelling.ts';
import { compileQuery } from './compile-query.ts';
import { createLikeness, type LikenessReader } from './likeness.ts';
import { createTopicMatcher, type TopicMatcher } from './topic-matcher.ts';

/** Between threads an error loses its code, so that what it says about the file is told beside it. */
export type Answer<T> =
  { readonly value: T } | { readonly failure: { readonly message: string; readonly damage: Damage } };

let present: ArchiveReader | undefined;

/** This file is the thread of queries; each of its functions answers one kind. It reads the archive and never writes. */
function answer<T>(read: (reader: ArchiveReader) => T): Answer<T> {
  try {
    present ??= openReader();
    return { value: read(present) };
  } catch (error) {
    return {
      failure: { message: error instanceof Error ? error.message : String(error), damage: damageOf(error) },
    };
  }
}

function openReader(): ArchiveReader {
  const database = new DatabaseSync(WorkerData.parse(workerData).file, { readOnly: true });
  database.exec('PRAGMA cache_size = -2000');
  return createArchiveReader(database);
}

/** Resolves once the thread is there. Its part of the compile cache is written then, as in `main.ts`. */
export function start(): Answer<undefined> {
  flushCompileCache();
  return { value: undefined };
}

type Arguments<Name extends keyof ArchiveReader> = Parameters<ArchiveReader[Name]>;
export const match = (asked: Arguments<'match'>) => answer((reader) => reader.match(...asked));
export const count = (asked: Arguments<'count'>) => answer((reader) => reader.count(...asked));
export const countEach = (asked: Arguments<'countEach'>) => answer((reader) => reader.countEach(...asked));
export const countByDay = (asked: Arguments<'countByDay'>) => answer((reader) => reader.countByDay(...asked));
export const explain = (asked: Arguments<'explain'>) => answer((reader) => reader.explain(...asked));
export const search = (asked: Arguments<'search'>) => answer((reader) => reader.search(...asked));
export const similar = (asked: Arguments<'similar'>) => answer((reader) => reader.similar(...asked));
export const pick = (asked: Arguments<'pick'>) => answer((reader) => reader.pick(...asked));
export const suggest = (asked: Arguments<'suggest'>) => answer((reader) => reader.suggest(...asked));
export const matchAmong = (asked: Arguments<'matchAmong'>) => answer((reader) => reader.matchAmong(...asked));
export const matchTopics = (asked: Arguments<'matchTopics'>) =>
  answer((reader) => reader.matchTopics(...asked));

/** What `PaperSearch` and `MatchTopics` ask of the archive, answered at once by the thread that calls. */
export interface ArchiveReader {
  match(query: Query, range: ListDayRange, limit?: number): readonly MatchedPaper[];
  matchAmong(...asked: Parameters<PaperSearch['matchAmong']>): Awaited<ReturnType<PaperSearch['matchAmong']>>;
  count(query: Query, range: ListDayRange): number;
  countEach(queries: readonly string[], range: ListDayRange): ReadonlyMap<string, number>;
  countByDay(...asked: Parameters<PaperSearch['countByDay']>): Awaited<ReturnType<PaperSearch['countByDay']>>;
  explain(query: Query, paperId: string): Explanation | undefined;
  search(request: SearchRequest): SearchResult;
  similar(paperIds: readonly string[], limit: number): readonly ArchivedPaper[];
  pick(request: PickRequest): readonly PickedPaper[];
  suggest(typed: string, limit: number): readonly Suggestion[];
  readonly matchTopics: TopicMatcher;
}

const FIRST = '0000-00-00';
const LAST = '9999-99-99';
/** https://www.sqlite.org/lang_select.html#limitoffset */
const ALL = -1;

export function createArchiveReader(database: DatabaseSync): ArchiveReader {
  const spelling = createSpelling(database);
  const likeness = createLikeness(database);
  likeness.teach(database);
  const matchEach = createTopicMatcher(database, likeness);
  return {
    match: (query, range, limit = ALL) => selectMatches(database, query, { range, limit }),
    matchAmong: (queries, ids) => selectAmong(database, queries, ids),
    count: (query, range) => countMatches(database, query, range),
    countEach: (queries, range) =>
      new Map([...matchEach(queries, range)].map(([query, papers]) => [query, papers.length])),
    countByDay: (queries, range) => queries.map((query) => countDays(database, query, range)),
    explain: (query, paperId) => explainMatch(database, query, { paperId, likeness }),
    search: searchInEnglish({ search: createSearch(database), database, spelling }),
    similar: (paperIds, limit) => findSimilar(database, likeness, { paperIds, limit }),
    pick: likeness.pick,
    suggest: createSuggest(database, spelling),
    matchTopics: matchEach,
  };
}

function selectAmong(
  database: DatabaseSync,
  queries: readonly Query[],
  ids: readonly string[],
): ReturnType<ArchiveReader['matchAmong']> {
  const among = JSON.stringify(ids);
  return queries.map((query) => {
    const { sql, parameters } = compileQuery(query);
    return database
      .prepare(`SELECT id, upvotes FROM papers WHERE id IN (SELECT value FROM json_each(?)) AND (${sql})`)
      .all(among, ...parameters)
      .map((row) => VotedRow.parse(row));
  });
}

function selectMatches(
  database: DatabaseSync,
  query: Query,
  { range: { after = FIRST, until = LAST }, limit }: { readonly range: ListDayRange; readonly limit: number },
): readonly MatchedPaper[] {
  const { sql, parameters } = compileQuery(query);
  return database
    .prepare(
      `SELECT id, list_day AS listDay, upvotes FROM papers WHERE list_day > ? AND list_day <= ? AND (${sql})
       ORDER BY list_day DESC, upvotes DESC, id LIMIT ?`,
    )
    .all(after, until, ...parameters, limit)
    .map((row) => MatchedRow.parse(row));
}

function countMatches(
  database: DatabaseSync,
  query: Query,
  { after = FIRST, until = LAST }: ListDayRange,
): number {
  const { sql, parameters } = compileQuery(query);
  const row = database
    .prepare(`SELECT count(*) AS papers FROM papers WHERE list_day > ? AND list_day <= ? AND (${sql})`)
    .get(after, until, ...parameters);
  return CountRow.parse(row).papers;
}

function countDays(
  database: DatabaseSync,
  query: Query,
  { after = FIRST, until = LAST }: ListDayRange,
): ReadonlyMap<ListDay, number> {
  const { sql, parameters } = compileQuery(query);
  const rows = database.prepare(
    `SELECT list_day AS day, count(*) AS papers FROM papers WHERE list_day > ? AND list_day <= ? AND (${sql})
     GROUP BY list_day`,
  );
  return new Map(
    rows.all(after, until, ...parameters).map((row) => {
      const { day, papers } = DayCountRow.parse(row);
      return [day, papers] as const;
    }),
  );
}

function explainMatch(
  database: DatabaseSync,
  query: Query,
  { paperId, likeness }: { readonly paperId: string; readonly likeness: LikenessReader },
): Explanation | undefined {
  const matches = (part: Query): boolean | undefined => {
    const { sql, parameters } = compileQuery(part);
    const row = database
      .prepare(`SELECT (${sql}) AS matches FROM papers WHERE id = ?`)
      .get(...parameters, paperId);
    return row === undefined ? undefined : MatchRow.parse(row).matches === 1;
  };
  const whole = matches(query);
  if (whole === undefined) return undefined;
  return {
    matches: whole,
    parts: leavesOf(query).map((part) => ({
      part,
      matches: matches(part) ?? false,
      ...(part.kind === 'like' ? { words: likeness.decidingWords(paperId, part.papers) } : {}),
    })),
  };
}
