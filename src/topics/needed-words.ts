import type { Query, Term } from './query/query.ts';

/** Words of which a paper must have one. */
export type WordChoice = readonly string[];

/** Other letters can be folded in another way than here by whoever keeps the words of the papers. */
const PLAIN_WORD = /^[a-z0-9]+$/;

/**
 * Choices of words that every paper which a query matches has something from, whatever else it needs. Empty where
 * nothing can be said; so a query without them may match, and one with them may still not.
 */
export function neededWords(
  query: Query,
  formsOf: (word: string) => readonly string[],
): readonly WordChoice[] {
  if (query.kind === 'word' || query.kind === 'phrase') return neededByTerm(query, formsOf);
  if (query.kind === 'and') return query.parts.flatMap((part) => neededWords(part, formsOf));
  if (query.kind !== 'or') return [];

  const firsts = query.parts.map((part) => neededWords(part, formsOf)[0]);
  const choice = firsts.flatMap((words) => words ?? []);
  return firsts.includes(undefined) ? [] : [choice];
}

function neededByTerm(term: Term, formsOf: (word: string) => readonly string[]): readonly WordChoice[] {
  if (term.kind === 'word') return PLAIN_WORD.test(term.word) ? [formsOf(term.word)] : [];
  const whole = term.open ? term.words.slice(0, -1) : term.words;
  return whole.filter((word) => PLAIN_WORD.test(word)).map((word) => [word]);
}
