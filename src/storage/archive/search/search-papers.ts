import type { DatabaseSync } from 'node:sqlite';
import type { SearchRequest, SearchResult, SortOrder } from '../../../topics/paper-search.ts';
import { allOf, plainWords, positiveTerms, type Query } from '../../../topics/query/query.ts';
import { compileQuery } from '../queries/compile-query.ts';
import { correctQuery } from './correct-query.ts';
import { findLabels, createPaperLists, type PaperLists } from './paper-lists.ts';
import { type GatheredPapers, gatherPapers } from './gather-papers.ts';
import { likelyWords, type QueryWord, typedWords } from './query-words.ts';
import { compileSorted, rankClose, rankStrict } from './rank-matches.ts';
import { CountRow, FoundRow, NumberRow } from '../schema.ts';
import type { Spelling } from './spelling.ts';

/** Close ones are looked for where the strict ones are fewer. */
const ENOUGH = 50;

/** Strict matches, and where they are few, apart, those that come close. */
export function createSearch(
  database: DatabaseSync,
  spelling: Spelling,
): (request: SearchRequest) => SearchResult {
  const lists = createPaperLists(database);
  return (request) => search({ database, spelling, lists }, request);
}

interface SearchTools {
  readonly database: DatabaseSync;
  readonly spelling: Spelling;
  readonly lists: PaperLists;
}

function search({ database, spelling, lists }: SearchTools, { query, sort }: SearchRequest): SearchResult {
  const found = selectStrict(database, query, sort);
  const isEnough = found.length >= ENOUGH;
  const idsFound = found.map(({ id }) => id);
  if (positiveTerms(query).length === 0 || (isEnough && sort !== 'relevance')) {
    return { strict: idsFound, close: [] };
  }
  const corrected = isEnough ? undefined : correctQuery(query, spelling);
  const read = corrected?.isSplit === true ? corrected.query : query;
  const words = isEnough ? typedWords(query) : likelyWords(read, spelling);
  const request = { database, gathered: gather(database, lists, { query: read, words }) };
  const strict = sort === 'relevance' ? rankStrict(found, request) : idsFound;
  if (isEnough) return { strict, close: [] };
  const close = rankClose(fitting(database, corrected?.query ?? query, found), request);
  const total = corrected === undefined ? 0 : countStrict(database, corrected.query);
  if (corrected === undefined || total <= strict.length) return { strict, close };
  return { strict, close, correction: { query: corrected.query, words: corrected.words, total } };
}

function selectStrict(database: DatabaseSync, query: Query, sort: SortOrder): readonly FoundRow[] {
  const { sql, parameters } = compileSorted(query, sort);
  return database
    .prepare(sql)
    .all(...parameters)
    .map((row) => FoundRow.parse(row));
}

function countStrict(database: DatabaseSync, query: Query): number {
  const { sql, parameters } = compileQuery(query);
  const row = database.prepare(`SELECT count(*) AS papers FROM papers WHERE ${sql}`).get(...parameters);
  return CountRow.parse(row).papers;
}

function gather(
  database: DatabaseSync,
  lists: PaperLists,
  { query, words }: { readonly query: Query; readonly words: readonly QueryWord[] },
): GatheredPapers {
  const last = database.prepare('SELECT coalesce(max(number), 0) AS number FROM papers').get();
  const typed = plainWords(query)?.split(' ') ?? [];
  const labels = findLabels(database, typed);
  return gatherPapers({ words, typed, labels, lists, lastNumber: NumberRow.parse(last).number });
}

/** Whether a paper that is no strict match passes what the query asks for beside loose words. */
function fitting(
  database: DatabaseSync,
  query: Query,
  strict: readonly FoundRow[],
): (number: number) => boolean {
  const known = new Set(strict.map(({ number }) => number));
  const relaxed = relaxQuery(query);
  if (relaxed.kind === 'every') return (number) => !known.has(number);
  const allowed = new Set(selectStrict(database, relaxed, 'newest').map(({ number }) => number));
  return (number) => allowed.has(number) && !known.has(number);
}

/** What a query asks for beside loose words: a paper that comes close to it still has to pass this. */
function relaxQuery(query: Query): Query {
  if (query.kind === 'word' || query.kind === 'phrase') {
    return query.field === undefined ? { kind: 'every' } : query;
  }
  if (query.kind !== 'and' && query.kind !== 'or') return query;
  const parts = query.parts.map(relaxQuery);
  if (query.kind === 'and') return allOf(parts);
  return parts.some(({ kind }) => kind === 'every') ? { kind: 'every' } : { kind: 'or', parts };
}
