import type { DatabaseSync } from 'node:sqlite';
import { plainWords, type Query } from '../../topics/query.ts';
import { isBeginning } from './correct-query.ts';
import { ANYWHERE, compileQuery, quote } from './compile-query.ts';
import { startOfTitle, WEIGHTS, WITH_PRIORS } from './rank-matches.ts';
import { type LooseWord, looseWords, relaxQuery } from './relax-query.ts';
import { ScoredRow } from './schema.ts';
import { buildWord, type Spelling } from './spelling.ts';

/** Of each index, before what it says is added up. */
const MOST_RANKED = 300;
const MOST_CLOSE = 50;
/** A paper that has less of the query than this share of what the best one has is not close. */
const SHARE_OF_BEST = 0.3;
/** Words that stand in more papers, all in all, are left out as long as there are three rarer ones. */
const MOST_PAPERS = 20_000;
const FEWEST_WORDS = 3;
/** Words of a query for which others are tried that are spelt nearly so. */
const MOST_MISSPELT = 12;
/** A word of so few papers may be another one misspelt. */
const RARE = 20;
const MORE_FREQUENT = 5;
/** Of its neighbours those count that have at least this fraction of the papers of the most frequent one. */
const LESS_FREQUENT = 30;
const SHORTEST_START = 3;

interface Alternatives extends LooseWord {
  readonly others: readonly string[];
  readonly papers: number;
}

export interface CloseRequest {
  readonly query: Query;
  /** Strict matches, which are not close ones. */
  readonly strict: ReadonlySet<string>;
}

/** Papers that have most of what a query asks for, the rare words counting more; best first, 50 at most. */
export function findClose(
  database: DatabaseSync,
  spelling: Spelling,
  { query, strict }: CloseRequest,
): readonly string[] {
  const words = chooseWords(findAlternatives(query, spelling));
  if (words.length === 0) return [];
  const relaxed = relaxQuery(query);
  const frame = compileQuery(relaxed);
  // The plus keeps SQLite from asking the index once for each paper. https://www.sqlite.org/optoverview.html
  const fits = relaxed.kind === 'every' ? '' : `AND +rowid IN (SELECT number FROM papers WHERE ${frame.sql})`;
  const ranked = (table: 'words' | 'stems') =>
    `SELECT number, score FROM (
       SELECT rowid AS number, bm25(${table}, ${WEIGHTS}) AS score FROM ${table}
       WHERE ${table} MATCH ? ${fits}
       ORDER BY score LIMIT ${MOST_RANKED})`;
  const rows = database
    .prepare(
      `SELECT id, ${WITH_PRIORS} AS score FROM papers JOIN (
         SELECT number, sum(score) AS score FROM (${ranked('words')} UNION ALL ${ranked('stems')}) GROUP BY number
       ) USING (number) ORDER BY 2, papers.id LIMIT ${strict.size + MOST_CLOSE}`,
    )
    .all(compileExact(query, words), ...frame.parameters, compileStems(words), ...frame.parameters)
    .map((row) => ScoredRow.parse(row))
    .filter(({ id }) => !strict.has(id));
  const least = (rows[0]?.score ?? 0) * SHARE_OF_BEST;
  return rows.filter(({ score }) => score <= least).map(({ id }) => id);
}

function findAlternatives(query: Query, spelling: Spelling): readonly Alternatives[] {
  const last = plainWords(query)?.split(' ').at(-1);
  let tried = 0;
  return looseWords(query)
    .filter(({ word, open }) => !open || word.length >= SHORTEST_START)
    .map((loose) => {
      const { word, field, open } = loose;
      const papers = spelling.count(
        open ? { kind: 'phrase', words: [word], open, ...(field && { field }) } : buildWord(word, field),
      );
      const isUnfinished = open || (word === last && isBeginning(word, spelling));
      if (papers > RARE || tried >= MOST_MISSPELT || isUnfinished) return { ...loose, papers, others: [] };
      tried += 1;
      const neighbours = spelling.neighboursOf(word, field);
      const most = Math.max(...neighbours.map((other) => other.papers));
      const others = neighbours
        .filter((other) => other.papers >= papers * MORE_FREQUENT && other.papers >= most / LESS_FREQUENT)
        .map((other) => other.word);
      return { ...loose, papers, others };
    });
}

/** The rarest ones, as many as the work allows. */
function chooseWords(words: readonly Alternatives[]): readonly Alternatives[] {
  let papers = 0;
  const known = words.filter((word) => word.papers > 0 || word.others.length > 0);
  return known
    .toSorted((a, b) => a.papers - b.papers)
    .filter((word, index) => {
      papers += word.papers;
      return index < FEWEST_WORDS || papers <= MOST_PAPERS;
    });
}

/** The words as they were typed, the last one of a query without fields perhaps unfinished. */
function compileExact(query: Query, words: readonly Alternatives[]): string {
  const parts = words.flatMap((one) =>
    [one.word, ...one.others].map((word) => inField(one, quote(word) + (one.open ? ' *' : ''))),
  );
  const typed = plainWords(query)?.split(' ') ?? [];
  const last = typed.at(-1) ?? '';
  const isKnown = words.some(({ word, papers }) => word === last && papers > RARE);
  if (last.length >= SHORTEST_START && !isKnown) parts.push(`(${ANYWHERE} : ${quote(last)} *)`);
  if (typed.length > 1) parts.push(startOfTitle(typed));
  return parts.join(' OR ');
}

/** Words that a paper has all count twice, and once more where all stand in its title. */
function compileStems(words: readonly Alternatives[]): string {
  const spellings = words.map((one) => [one.word, ...one.others].map(quote).join(' OR '));
  const each = words.map((one, index) => inField(one, spellings[index] ?? ''));
  if (words.length < 2) return each.join(' OR ');
  const inTitle = words.map((one, index) => inField({ ...one, field: 'title' }, spellings[index] ?? ''));
  const all = [each, ...(words.every(({ field }) => field === undefined) ? [inTitle] : [])];
  return [...each, ...all.map((parts) => `(${parts.join(' AND ')})`)].join(' OR ');
}

function inField({ field }: LooseWord, expression: string): string {
  return `(${field === undefined ? ANYWHERE : `{${field}}`} : (${expression}))`;
}
