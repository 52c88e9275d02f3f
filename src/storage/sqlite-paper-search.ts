import type { DatabaseSync } from 'node:sqlite';
import type {
  Explanation,
  ListDayRange,
  PaperSearch,
  SearchRequest,
  SearchResult,
  SortOrder,
} from '../topics/paper-search.ts';
import { leavesOf, plainWords, positiveTerms, type Query } from '../topics/query.ts';
import type { ArchivedPaper } from '../papers/paper.ts';
import { attempt } from './archive/attempt.ts';
import { PAPER_COLUMNS, readPaper } from './archive/read-paper.ts';
import { compileQuery } from './archive/compile-query.ts';
import { correctQuery } from './archive/correct-query.ts';
import { findLabels } from './archive/find-labels.ts';
import { type GatheredPapers, gatherPapers } from './archive/gather-papers.ts';
import { createPaperLists, type PaperLists } from './archive/paper-lists.ts';
import { likelyWords, type QueryWord, typedWords } from './archive/query-words.ts';
import { compileSorted, rankClose, rankStrict } from './archive/rank-matches.ts';
import { relaxQuery } from './archive/relax-query.ts';
import { FoundRow, MatchRow, NumberRow } from './archive/schema.ts';
import { findSimilar } from './archive/similar.ts';
import { createSpelling, rememberSpelling, type Spelling } from './archive/spelling.ts';
import { createStateReader } from './archive/state-reader.ts';
import { createSuggest } from './archive/suggest.ts';
import { wordForms } from './archive/word-forms.ts';

const FIRST = '0000-00-00';
const LAST = '9999-99-99';
const EVERY: Query = { kind: 'every' };
/** Close ones are looked for where the strict ones are fewer. */
const ENOUGH = 50;

export function createSqlitePaperSearch(database: DatabaseSync): PaperSearch {
  const spelling = createSpelling(database);
  const suggest = createSuggest(database, spelling);
  const one = database.prepare(`SELECT ${PAPER_COLUMNS} FROM papers WHERE id = ?`);
  const recall = createMemory(database, spelling);
  return {
    listed: (range) => selectMatches(database, EVERY, range),
    match: (query, range) => selectMatches(database, query, range),
    explain: (query, paperId) => explain(database, query, paperId),
    formsOf: wordForms,
    search: (request) => attempt('be searched', () => search(database, recall(), request)),
    similar: (paperId, limit) =>
      attempt('be searched', () => {
        const row = one.get(paperId);
        return row === undefined ? [] : findSimilar(database, readPaper(row), limit);
      }),
    suggest: (typed, limit) => attempt('be searched', () => suggest(typed, limit)),
  };
}

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
  const total = corrected === undefined ? 0 : selectStrict(database, corrected.query, 'newest').length;
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

function selectMatches(
  database: DatabaseSync,
  query: Query,
  { after = FIRST, until = LAST }: ListDayRange,
): readonly ArchivedPaper[] {
  return attempt('be searched', () => {
    const { sql, parameters } = compileQuery(query);
    return database
      .prepare(
        `SELECT ${PAPER_COLUMNS} FROM papers WHERE list_day > ? AND list_day <= ? AND (${sql})
         ORDER BY list_day DESC, upvotes DESC, id`,
      )
      .all(after, until, ...parameters)
      .map(readPaper);
  });
}

function explain(database: DatabaseSync, query: Query, paperId: string): Explanation | undefined {
  return attempt('be searched', () => {
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
  });
}
