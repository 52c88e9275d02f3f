import { parseQuery } from '../query/parse-query.ts';
import { allOf, type Query } from '../query/query.ts';
import type { CountPapers, DenseLanguage, SpacedLanguage, Understood } from './glossary.ts';
import { DENSE_LETTER, readDense } from './read-dense.ts';
import { readSpaced } from './read-spaced.ts';

/** Whatever is typed, what comes of it is a query. */
const MOST_TERMS = 12;

/**
 * The query in English where its words are the field's terms in another language; undefined where they are not.
 * Only a search uses it: a topic means what it says.
 */
export function translateQuery(query: Query, papersWith: CountPapers): Query | undefined {
  if (query.kind === 'or') {
    const parts = query.parts.map((part) => translateQuery(part, papersWith));
    if (parts.every((part) => part === undefined)) return undefined;
    return { kind: 'or', parts: query.parts.map((part, index) => parts[index] ?? part) };
  }
  const parts = query.kind === 'and' ? query.parts : [query];
  const words = parts.flatMap(looseWords);
  const english = words.length === 0 ? undefined : translateWords(words, papersWith);
  if (english === undefined) return undefined;
  return allOf([english, ...parts.filter((part) => looseWords(part).length === 0)]);
}

function looseWords(query: Query): readonly string[] {
  if ((query.kind !== 'word' && query.kind !== 'phrase') || query.field !== undefined) return [];
  return query.kind === 'word' ? [query.word] : query.words;
}

function translateWords(words: readonly string[], papersWith: CountPapers): Query | undefined {
  const text = words.join('');
  const readings: readonly Understood[] = DENSE_LETTER.test(text)
    ? denseLanguagesOf(text).map((language) => readDense(words, language))
    : spacedLanguagesOf(text).map((language) => readSpaced(words, language, papersWith));
  const [best] = readings
    .filter(({ isForeign }) => isForeign)
    .toSorted((a, b) => b.explained - a.explained || a.terms.length - b.terms.length);
  if (best === undefined || best.terms.length === 0) return undefined;
  return parseQuery([...new Set(best.terms)].slice(0, MOST_TERMS).join(' '));
}

function denseLanguagesOf(text: string): readonly DenseLanguage[] {
  if (/\p{Script=Hangul}/u.test(text)) return ['ko'];
  return /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) ? ['ja'] : ['zh', 'ja'];
}

function spacedLanguagesOf(text: string): readonly SpacedLanguage[] {
  return /\p{Script=Cyrillic}/u.test(text) ? ['ru'] : ['de', 'fr', 'es', 'pt'];
}
