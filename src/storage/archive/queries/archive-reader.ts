import type { DatabaseSync } from 'node:sqlite';
import type { ArchivedPaper } from '../../../papers/paper.ts';
import type {
  Explanation,
  ListDayRange,
  SearchRequest,
  SearchResult,
  Suggestion,
} from '../../../topics/paper-search.ts';
import { leavesOf, type Query } from '../../../topics/query/query.ts';
import { PAPER_COLUMNS, readPaper } from '../read-paper.ts';
import { CountRow, MatchRow } from '../schema.ts';
import { createSearch } from '../search/search-papers.ts';
import { findSimilar } from '../search/similar.ts';
import { createSuggest } from '../search/suggest.ts';
import { createSpelling } from '../spelling/spelling.ts';
import { compileQuery } from './compile-query.ts';
import { createTopicMatcher, type TopicMatcher } from './topic-matcher.ts';

/** What `PaperSearch` and `MatchTopics` ask of the archive, answered at once by the thread that calls. */
export interface ArchiveReader {
  /** All of them where the limit is negative. */
  match(query: Query, range: ListDayRange, limit?: number): readonly ArchivedPaper[];
  count(query: Query, range: ListDayRange): number;
  explain(query: Query, paperId: string): Explanation | undefined;
  search(request: SearchRequest): SearchResult;
  similar(paperId: string, limit: number): readonly ArchivedPaper[];
  suggest(typed: string, limit: number): readonly Suggestion[];
  readonly matchTopics: TopicMatcher;
}

const FIRST = '0000-00-00';
const LAST = '9999-99-99';

export function createArchiveReader(database: DatabaseSync): ArchiveReader {
  const spelling = createSpelling(database);
  return {
    match: (query, range, limit = -1) => selectMatches(database, { query, range, limit }),
    count: (query, range) => countMatches(database, query, range),
    explain: (query, paperId) => explain(database, query, paperId),
    search: createSearch(database, spelling),
    similar(paperId, limit) {
      const row = database.prepare(`SELECT ${PAPER_COLUMNS} FROM papers WHERE id = ?`).get(paperId);
      return row === undefined ? [] : findSimilar(database, readPaper(row), limit);
    },
    suggest: createSuggest(database, spelling),
    matchTopics: createTopicMatcher(database),
  };
}

export interface MatchRequest {
  readonly query: Query;
  readonly range: ListDayRange;
  readonly limit: number;
}

function selectMatches(
  database: DatabaseSync,
  { query, range: { after = FIRST, until = LAST }, limit }: MatchRequest,
): readonly ArchivedPaper[] {
  const { sql, parameters } = compileQuery(query);
  return database
    .prepare(
      `SELECT ${PAPER_COLUMNS} FROM papers WHERE list_day > ? AND list_day <= ? AND (${sql})
       ORDER BY list_day DESC, upvotes DESC, id LIMIT ?`,
    )
    .all(after, until, ...parameters, limit)
    .map(readPaper);
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

function explain(database: DatabaseSync, query: Query, paperId: string): Explanation | undefined {
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
    parts: leavesOf(query).map((part) => ({ part, matches: matches(part) ?? false })),
  };
}
