import type { Paper } from '../../../papers/paper.ts';
import { splitWords } from '../../../topics/query/fold-text.ts';

/** A word as the table of spellings has it. */
export interface SpellingWord {
  readonly kind: 'name' | 'word';
  readonly word: string;
}

/** Numbers and little words are never corrected, and nothing is corrected to them. */
const CORRECTED = /^\p{L}[\p{L}\p{N}]{2,31}$/u;
const BITS = 31;

/** What somebody may misspell who looks for a paper: words of people's names apart from the others. */
export function spellingWordsOf(paper: Paper): readonly SpellingWord[] {
  const { organization } = paper;
  const texts = [paper.title, paper.abstract, paper.summary ?? '', ...paper.keywords];
  if (organization !== undefined) texts.push(organization.slug, organization.name);
  return [
    ...wordsOf(texts).map((word) => ({ kind: 'word' as const, word })),
    ...wordsOf(paper.authors).map((word) => ({ kind: 'name' as const, word })),
  ];
}

function wordsOf(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.flatMap(splitWords))].filter((word) => CORRECTED.test(word));
}

/** A bit for each letter that a word has; rare letters share one. */
export function letterBits(word: string): number {
  let bits = 0;
  for (const letter of word) bits |= 1 << ((letter.codePointAt(0) ?? 0) % BITS);
  return bits;
}

/** The first two letters of a word, and the last two. */
export function endsOf(word: string): { readonly head: string; readonly tail: string } {
  const letters = Array.from(word);
  return { head: letters.slice(0, 2).join(''), tail: letters.slice(-2).join('') };
}
