import { stemOf } from '../stem-of.ts';
import everyday from './everyday-words.json' with { type: 'json' };

const LITTLE: ReadonlySet<string> = new Set(everyday.littleWords.split(' '));
const HOLLOW: ReadonlySet<string> = new Set(everyday.hollowWords.split(' '));
const FIELD_WORDS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(everyday.fieldWords).map(([word, meant]) => [stemOf(word), meant]),
);

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
