import { stemOf } from '../stem-of.ts';
import everyday from './everyday-words.json' with { type: 'json' };

const LITTLE: ReadonlySet<string> = new Set(everyday.littleWords.split(' '));
const HOLLOW: ReadonlySet<string> = new Set(everyday.hollowWords.split(' '));
const FIELD_WORDS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(everyday.fieldWords).map(([word, meant]) => [stemOf(word), meant]),
);

/** Keys are stems, with a space between. */
const FIELD_PHRASES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(everyday.fieldPhrases).map(([phrase, meant]) => [stemsOf(phrase.split(' ')), meant]),
);
const LONGEST_PHRASE = 4;

/** Whether a word of a question says nothing of what it is about: `how`, `can`, `need`. */
export function isLittle(word: string): boolean {
  return LITTLE.has(word);
}

/** Whether titles have a word that says nothing of their field: `towards`, `novel`, `2`. */
export function isHollow(word: string): boolean {
  return HOLLOW.has(word) || /^\d+$/.test(word);
}

/** What papers call that for which somebody who asks has an everyday word: `image` for `photos`. */
export function fieldWordsOf(word: string): readonly string[] {
  return FIELD_WORDS.get(stemOf(word)) ?? [];
}

/** Words that stand one after the other, and what papers call the two or more together: `step by step`. */
export interface EverydayPhrase {
  readonly words: readonly string[];
  readonly meant: readonly string[];
}

/** The everyday phrases in what was typed. */
export function findPhrases(typed: readonly string[]): readonly EverydayPhrase[] {
  return typed.flatMap((_, start) => {
    const rest = typed.slice(start, start + LONGEST_PHRASE);
    return rest.flatMap((__, index) => {
      const words = rest.slice(0, index + 1);
      const meant = FIELD_PHRASES.get(stemsOf(words));
      return meant === undefined ? [] : [{ words, meant }];
    });
  });
}

function stemsOf(words: readonly string[]): string {
  return words.map(stemOf).join(' ');
}
