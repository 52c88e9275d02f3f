import type { DatabaseSync } from 'node:sqlite';
import type { SearchRequest, SearchResult, SortOrder } from '../../../topics/paper-search.ts';
import { plainWords, positiveTerms, type Query } from '../../../topics/query/query.ts';
import { compileQuery } from '../compile-query.ts';
import { correctQuery } from './correct-query.ts';
import { findLabels } from './find-labels.ts';
import { type GatheredPapers, gatherPapers } from './gather-papers.ts';
import { createPaperLists, type PaperLists } from './paper-lists.ts';
import { likelyWords, type QueryWord, typedWords } from './query-words.ts';
import { compileSorted, rankClose, rankStrict } from './rank-matches.ts';
import { relaxQuery } from './relax-query.ts';
import { CountRow, FoundRow, NumberRow } from '../schema.ts';
import { rememberSpelling, type Spelling } from './spelling.ts';
import { createStateReader } from '../state-reader.ts';

/** Close ones are looked for where the strict ones are fewer. */
const ENOUGH = 50;

/** What earlier searches looked up; right as long as nothing is written. */
interface Memory {
  readonly state: string;
  readonly spelling: Spelling;
  readonly lists: PaperLists;
}

function createMemory(database: DatabaseSync, spelling: Spelling): () => Memory {
  const readState = createStateReader(database);
  let memory: Memory | undefined;
  return () => {
    const state = readState();
    if (memory?.state === state) return memory;
    memory = { state, spelling: rememberSpelling(spelling), lists: createPaperLists(database) };
    return memory;
  };
}

/** Strict matches, and where they are few, apart, those that come close. */
export function createSearch(
  database: DatabaseSync,
  spelling: Spelling,
): (request: SearchRequest) => SearchResult {
  const recall = createMemory(database, spelling);
  return (request) => search(database, recall(), request);
}

function search(
  database: DatabaseSync,
  { spelling, lists }: Memory,
  { query, sort }: SearchRequest,
): SearchResult {
  const found = selectStrict(database, query, sort);
  const isEnough = found.length >= ENOUGH;
  const idsFound = found.map(({ id }) => id);
  if (positiveTerms(query).length === 0 || (isEnough && sort !== 'relevance')) {
    return { strict: idsFound, close: [] };
  }
  const words = isEnough ? typedWords(query) : likelyWords(query, spelling);
  const request = { database, gathered: gather(database, lists, { query, words }) };
  const strict = sort === 'relevance' ? rankStrict(found, request) : idsFound;
  if (isEnough) return { strict, close: [] };
  const close = rankClose(fitting(database, query, found), request);
  const corrected = correctQuery(query, spelling);
  const total = corrected === undefined ? 0 : countStrict(database, corrected.query);
  if (corrected === undefined || total <= strict.length) return { strict, close };
  return { strict, close, correction: { ...corrected, total } };
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

/** Whether a paper that is no strict match passes what the query asks for beside words. */
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
