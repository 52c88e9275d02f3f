import type { DatabaseSync } from 'node:sqlite';
import type { Term, TextField } from '../../../topics/query/query.ts';
import { compileTerm } from '../queries/compile-query.ts';
import { CountRow, SpellingRow } from '../schema.ts';
import { endsOf, letterBits } from '../learn-words.ts';
import { stemOf } from '../stem-of.ts';

/** A word of the archive that is spelt nearly as another. */
export interface Neighbour {
  readonly word: string;
  readonly distance: number;
  /** How many papers have it. */
  readonly papers: number;
}

export interface Spelling {
  /** In how many papers a term is found; those over `most`, if it is given, are not counted. */
  count(term: Term, most?: number): number;
  /** Other words of the same stem, if they are not too many to say much. */
  siblingsOf(word: string): readonly string[];
  /** Nearest first, then those of more papers; at most eight. */
  neighboursOf(word: string, about?: NeighbourRequest): readonly Neighbour[];
}

export interface NeighbourRequest {
  readonly field?: TextField | undefined;
  /** Some paper has the word: it may be one error away from what was meant, and not two. */
  readonly isKnown?: boolean;
}

/** Shorter words have too many neighbours to guess which is meant. */
const SHORTEST = 4;
const LONGEST = 32;
/** From this length on two errors are put right. */
const LONG = 8;
const MOST_NEIGHBOURS = 8;
const MOST_SIBLINGS = 24;
/** Of how many near words the papers are counted. */
const MOST_COUNTED = 24;
/** Of more papers it does not matter how many they are. */
const MOST_PAPERS = 3_000;
/** A word of no more papers may be another one misspelt, or not finished. */
export const RARE = 20;
/** https://www.sqlite.org/lang_select.html#limitoffset */
const ALL = -1;

/**
 * The words whose letters differ by as many as the errors allow, counted on bits: those in one and not in the other
 * are at most one or two. One error leaves the two first or the two last letters of a longer word as they are.
 */
const MORE = '(letters & ~:letters)';
const FEWER = '(:letters & ~letters)';
const ONE_ERROR = `${withoutOne(MORE)} = 0 AND ${withoutOne(FEWER)} = 0`;
const TWO_ERRORS = `${withoutOne(withoutOne(MORE))} = 0 AND ${withoutOne(withoutOne(FEWER))} = 0`;
const LIKELY = 'length BETWEEN :shortest AND :longest AND kind BETWEEN :first AND :last';
const SCAN = {
  1: `SELECT DISTINCT word FROM spellings WHERE ${LIKELY} AND ${ONE_ERROR}`,
  2: `SELECT DISTINCT word FROM spellings WHERE ${LIKELY} AND ${TWO_ERRORS}`,
};
/** From this length on the letters at either end are looked up instead of all words. */
const ENDS_FROM = 5;
const ENDS = `SELECT word FROM spellings INDEXED BY spellings_by_head WHERE head = :head AND ${LIKELY} AND ${ONE_ERROR}
  UNION SELECT word FROM spellings INDEXED BY spellings_by_tail WHERE tail = :tail AND ${LIKELY} AND ${ONE_ERROR}`;

export function createSpelling(database: DatabaseSync): Spelling {
  const counted = database.prepare(
    'SELECT count(*) AS papers FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)',
  );
  const scans = { 1: database.prepare(SCAN[1]), 2: database.prepare(SCAN[2]) };
  const ends = database.prepare(ENDS);
  const siblings = database.prepare(
    `SELECT DISTINCT word FROM spellings WHERE stem = ? LIMIT ${MOST_SIBLINGS}`,
  );
  const count = (term: Term, most = Infinity): number =>
    CountRow.parse(counted.get(compileTerm(term), most === Infinity ? ALL : most)).papers;

  function findNear(word: string, errors: 1 | 2, field: TextField | undefined): readonly Neighbour[] {
    const [first, last] = field === 'author' ? ['name', 'name'] : ['name', 'word'];
    const size = Array.from(word).length;
    const likely = {
      letters: letterBits(word),
      shortest: size - errors,
      longest: size + errors,
      first,
      last,
    };
    const rows =
      errors === 1 && size >= ENDS_FROM
        ? ends.all({ ...likely, ...endsOf(word) })
        : scans[errors].all(likely);
    return rows
      .map((row) => SpellingRow.parse(row).word)
      .map((other) => ({ word: other, distance: editDistance(word, other, errors) }))
      .filter(({ distance }) => distance > 0 && distance <= errors)
      .toSorted(
        (a, b) => a.distance - b.distance || Number(b.word[0] === word[0]) - Number(a.word[0] === word[0]),
      )
      .slice(0, MOST_COUNTED)
      .map((other) => ({ ...other, papers: count(buildWord(other.word, field), MOST_PAPERS) }))
      .filter(({ papers }) => papers > 0)
      .toSorted((a, b) => a.distance - b.distance || b.papers - a.papers)
      .slice(0, MOST_NEIGHBOURS);
  }

  return {
    count,
    siblingsOf: (word) => siblings.all(stemOf(word)).map((row) => SpellingRow.parse(row).word),
    neighboursOf(word, { field, isKnown = false } = {}) {
      if (word.length < SHORTEST || word.length > LONGEST || field === 'submitter') return [];
      const nearest = findNear(word, 1, field);
      return nearest.length > 0 || word.length < LONG || isKnown ? nearest : findNear(word, 2, field);
    },
  };
}

/** The same for one search, which asks about most words several times: each is counted and looked up once. */
export function remembering(spelling: Spelling): Spelling {
  const counts = new Map<string, { readonly papers: number; readonly most: number }>();
  const neighbours = new Map<string, readonly Neighbour[]>();
  return {
    ...spelling,
    count(term, most = Infinity) {
      const key = compileTerm(term);
      const known = counts.get(key);
      if (known !== undefined && (known.papers < known.most || most <= known.most)) {
        return Math.min(known.papers, most);
      }
      const papers = spelling.count(term, most);
      counts.set(key, { papers, most });
      return papers;
    },
    neighboursOf(word, about = {}) {
      const key = `${about.field ?? ''} ${about.isKnown === true ? 'known' : ''} ${word}`;
      const known = neighbours.get(key) ?? spelling.neighboursOf(word, about);
      neighbours.set(key, known);
      return known;
    },
  };
}

export function buildWord(word: string, field: TextField | undefined): Term {
  return field === undefined ? { kind: 'word', word } : { kind: 'word', word, field };
}

/** A number without its lowest bit, in SQL. */
function withoutOne(bits: string): string {
  return `(${bits} & (${bits} - 1))`;
}

/**
 * How many letters were dropped, added, replaced or swapped with their neighbour between two words; `most + 1` where
 * it is more than `most`. https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance
 */
export function editDistance(from: string, to: string, most: number): number {
  if (Math.abs(from.length - to.length) > most) return most + 1;
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwapped =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      next[column] = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (beforeLast[column - 2] ?? 0) + 1 : Infinity,
      );
    }
    if (Math.min(...next) > most) return most + 1;
    beforeLast = last;
    last = next;
  }
  return Math.min(last[to.length] ?? 0, most + 1);
}
