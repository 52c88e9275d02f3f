import type { DatabaseSync } from 'node:sqlite';
import type { SearchRequest, SearchResult, SortOrder } from '../../../topics/paper-search.ts';
import { allOf, plainWords, positiveTerms, type Query } from '../../../topics/query/query.ts';
import { compileQuery } from '../queries/compile-query.ts';
import { correctQuery } from './correct-query.ts';
import { findLabels, createPaperLists, type PaperLists } from './paper-lists.ts';
import { type GatheredPapers, gatherPapers } from './gather-papers.ts';
import { createNames, NOBODY, type NamedPapers, type Names } from './names.ts';
import { readWords } from './query-words.ts';
import { compileSorted, rankClose, rankStrict } from './rank-matches.ts';
import { CountRow, FoundRow, NumberRow } from '../schema.ts';
import type { Spelling } from './spelling.ts';

/** Close ones are looked for where the strict ones are fewer. */
const ENOUGH = 50;

/** Strict matches, and where they are few, apart, those that come close. */
export function createSearch(
  database: DatabaseSync,
): (request: SearchRequest, spelling: Spelling) => SearchResult {
  const tools = { database, lists: createPaperLists(database), names: createNames(database) };
  return (request, spelling) => search({ ...tools, spelling }, request);
}

interface SearchTools {
  readonly database: DatabaseSync;
  readonly spelling: Spelling;
  readonly lists: PaperLists;
  readonly names: Names;
}

function search(tools: SearchTools, { query, sort }: SearchRequest): SearchResult {
  const { database, spelling } = tools;
  const found = selectStrict(database, query, sort);
  const isEnough = found.length >= ENOUGH;
  const idsFound = found.map(({ id }) => id);
  if (positiveTerms(query).length === 0 || (isEnough && sort !== 'relevance')) {
    return { strict: idsFound, close: [] };
  }
  const named = findNamed(query, tools);
  const corrected = isEnough || named.whole.length > 0 ? undefined : correctQuery(query, spelling);
  const request = { database, spelling, gathered: gather(query, { ...tools, named, isGuessed: !isEnough }) };
  const fits = fitting(database, corrected?.query ?? query, found);
  const first = sort === 'relevance' ? chooseFirst(named, found, fits) : [];
  const strict = putFirst(first, sort === 'relevance' ? rankStrict(found, request) : idsFound);
  const beside = first.filter((id) => !strict.includes(id));
  const close = isEnough ? [] : [...new Set([...beside, ...rankClose(fits, request)])];
  const result = { strict, close, ...(first.length === 0 ? {} : { named: first }) };
  const total = corrected === undefined ? 0 : countStrict(database, corrected.query);
  if (corrected === undefined || total <= strict.length) return result;
  return { ...result, correction: { query: corrected.query, words: corrected.words, total } };
}

/** Titles that begin with what was typed, spelt otherwise, before all that have the words. */
const MOST_BEGUN = 10;

/** Ids of the papers that are called as was typed, and of those whose title begins so and has not the words. */
function chooseFirst(
  { whole, begun }: NamedPapers,
  found: readonly FoundRow[],
  fits: (number: number) => boolean,
): readonly string[] {
  const strict = new Set(found.map(({ number }) => number));
  const called = whole.filter(({ number }) => strict.has(number) || fits(number));
  const others = begun.filter(({ number }) => fits(number)).slice(0, MOST_BEGUN);
  return [...new Set([...called, ...others].map(({ id }) => id))];
}

/** The list with those of its ids first that are given first. */
function putFirst(first: readonly string[], ids: readonly string[]): readonly string[] {
  const inList = new Set(ids);
  const leading = first.filter((id) => inList.has(id));
  return [...leading, ...ids.filter((id) => !leading.includes(id))];
}

/** Of a query of words alone: beside fields and brackets nobody types a name. */
function findNamed(query: Query, { names }: SearchTools): NamedPapers {
  const typed = plainWords(query);
  return typed === undefined ? NOBODY : names.named(typed.split(' '));
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
  query: Query,
  {
    database,
    lists,
    named,
    ...tools
  }: SearchTools & { readonly named: NamedPapers; readonly isGuessed: boolean },
): GatheredPapers {
  const last = database.prepare('SELECT coalesce(max(number), 0) AS number FROM papers').get();
  const typed = plainWords(query)?.split(' ') ?? [];
  return gatherPapers({
    words: readWords(query, tools),
    typed,
    labels: findLabels(database, typed),
    named: [...named.whole, ...named.begun].map(({ number }) => number),
    lists,
    lastNumber: NumberRow.parse(last).number,
  });
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
