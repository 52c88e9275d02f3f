import type { DatabaseSync } from 'node:sqlite';
import type { Term, TextField } from '../../topics/query.ts';
import { compileTerm } from './compile-query.ts';
import { editDistance } from './edit-distance.ts';
import { CountRow, SpellingRow } from './schema.ts';
import { letterBits } from './spelling-words.ts';

/** A word of the archive that is spelt nearly as another. */
export interface Neighbour {
  readonly word: string;
  readonly distance: number;
  /** How many papers have it. */
  readonly papers: number;
}

export interface Spelling {
  /** In how many papers a term is found. */
  count(term: Term): number;
  /** Nearest first, then those of more papers; at most eight. */
  neighboursOf(word: string, field?: TextField): readonly Neighbour[];
}

/** Shorter words have too many neighbours to guess which is meant. */
const SHORTEST = 4;
const LONGEST = 32;
/** From this length on two errors are put right. */
const LONG = 8;
const MOST_NEIGHBOURS = 8;
/** Of how many near words the papers are counted. */
const MOST_COUNTED = 24;

/**
 * The words whose letters differ by as many as the errors allow, counted on bits: those in one and not in the other
 * are at most one or two. It is a scan of a few lengths, in a millisecond or two.
 */
const MORE = '(letters & ~:letters)';
const FEWER = '(:letters & ~letters)';
const NEAR = {
  1: `${withoutOne(MORE)} = 0 AND ${withoutOne(FEWER)} = 0`,
  2: `${withoutOne(withoutOne(MORE))} = 0 AND ${withoutOne(withoutOne(FEWER))} = 0`,
};

export function createSpelling(database: DatabaseSync): Spelling {
  const counted = database.prepare('SELECT count(*) AS papers FROM words WHERE words MATCH ?');
  const near = (errors: 1 | 2) =>
    database.prepare(
      `SELECT DISTINCT word FROM spellings
       WHERE length BETWEEN :shortest AND :longest AND kind BETWEEN :first AND :last AND ${NEAR[errors]}`,
    );
  const statements = { 1: near(1), 2: near(2) };
  const count = (term: Term): number => CountRow.parse(counted.get(compileTerm(term))).papers;

  function findNear(word: string, errors: 1 | 2, field: TextField | undefined): readonly Neighbour[] {
    const [first, last] = field === 'author' ? ['name', 'name'] : ['name', 'word'];
    const size = Array.from(word).length;
    const rows = statements[errors].all({
      letters: letterBits(word),
      shortest: size - errors,
      longest: size + errors,
      first,
      last,
    });
    return rows
      .map((row) => SpellingRow.parse(row).word)
      .map((other) => ({ word: other, distance: editDistance(word, other, errors) }))
      .filter(({ distance }) => distance > 0 && distance <= errors)
      .toSorted(
        (a, b) => a.distance - b.distance || Number(b.word[0] === word[0]) - Number(a.word[0] === word[0]),
      )
      .slice(0, MOST_COUNTED)
      .map((other) => ({ ...other, papers: count(buildWord(other.word, field)) }))
      .filter(({ papers }) => papers > 0)
      .toSorted((a, b) => a.distance - b.distance || b.papers - a.papers)
      .slice(0, MOST_NEIGHBOURS);
  }

  return {
    count,
    neighboursOf(word, field) {
      if (word.length < SHORTEST || word.length > LONGEST || field === 'submitter') return [];
      const nearest = findNear(word, 1, field);
      return nearest.length > 0 || word.length < LONG ? nearest : findNear(word, 2, field);
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
