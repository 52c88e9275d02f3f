import { foldText, splitWords } from '../query/fold-text.ts';
import de from './de.json' with { type: 'json' };
import es from './es.json' with { type: 'json' };
import fr from './fr.json' with { type: 'json' };
import ja from './ja.json' with { type: 'json' };
import ko from './ko.json' with { type: 'json' };
import pt from './pt.json' with { type: 'json' };
import ru from './ru.json' with { type: 'json' };
import zh from './zh.json' with { type: 'json' };

/** Languages that are written with spaces, and whose words have endings. */
export type SpacedLanguage = 'ru' | 'de' | 'fr' | 'es' | 'pt';

/** Languages that are written without spaces, or with particles at their words. */
export type DenseLanguage = 'zh' | 'ja' | 'ko';
export type Language = SpacedLanguage | DenseLanguage;

export const LANGUAGES: readonly Language[] = ['zh', 'ja', 'ko', 'ru', 'de', 'fr', 'es', 'pt'];

/** How each of the field's terms is called in one language, and the little words that carry nothing there. */
interface GlossaryFile {
  readonly littleWords: string;
  readonly terms: Readonly<Record<string, readonly string[]>>;
}

export const GLOSSARY_FILES: Readonly<Record<Language, GlossaryFile>> = { zh, ja, ko, ru, de, fr, es, pt };

/** A glossary to look up in; its keys are made by `spacedKey` or `denseKey`. */
export interface Glossary {
  readonly littleWords: ReadonlySet<string>;
  /** The English term of each other one. */
  readonly terms: ReadonlyMap<string, string>;
  /** Of the longest term, in words or, where there are no spaces, in characters. */
  readonly longest: number;
}

const opened = new Map<Language, Glossary>();

/** Made when it is asked for first: most people search in English. */
export function openGlossary(language: Language): Glossary {
  const known = opened.get(language);
  if (known !== undefined) return known;
  const { littleWords, terms } = GLOSSARY_FILES[language];
  const keyOf = (text: string): string =>
    isDense(language) ? denseKey(splitWords(text)) : spacedKey(splitWords(text), language);
  const entries = Object.entries(terms).flatMap(([english, all]) =>
    all.map((text) => [keyOf(text), english] as const),
  );
  const lengthOf = (key: string): number =>
    isDense(language) ? Array.from(key).length : key.split(' ').length;
  const glossary = {
    littleWords: new Set(littleWords.split(' ').map(foldText)),
    // The first term that claims a word has it.
    terms: new Map(entries.toReversed()),
    longest: Math.max(...entries.map(([key]) => lengthOf(key))),
  };
  opened.set(language, glossary);
  return glossary;
}

function isDense(language: Language): language is DenseLanguage {
  return language === 'zh' || language === 'ja' || language === 'ko';
}

export function spacedKey(words: readonly string[], language: SpacedLanguage): string {
  return words.map((word) => stemWord(word, language)).join(' ');
}

function denseKey(words: readonly string[]): string {
  return words.join('');
}

/** How many papers have a folded word. */
export type CountPapers = (word: string) => number;

/** What a glossary makes of some words. */
export interface Understood {
  /** The English terms, and the words that stay as they are, in order. */
  readonly terms: readonly string[];
  /** Letters of the little words, and of terms that are called otherwise in English. */
  readonly explained: number;
  /** Whether so much of it is explained that the words are of that language. */
  readonly isForeign: boolean;
}

/** What is left of a word bears its meaning. */
const SHORTEST = 4;
const SHORTEST_RUSSIAN = 3;

type Rule = readonly [ending: RegExp, instead: string];

/** Of folded words; the first rule that fits is applied, then the last one, which is for every word. */
const RULES: Readonly<Record<Exclude<SpacedLanguage, 'ru'>, readonly Rule[]>> = {
  de: [
    [/ion(?:en)?$/, 'ion'],
    [/(?:ern|en|er|es|em|e|n|s)$/, ''],
  ],
  fr: [
    [/eaux$/, 'eau'],
    [/aux$/, 'al'],
    [/(?:ives?|ifs)$/, 'if'],
    [/(?:elles?|els)$/, 'el'],
    [/e?e?s?$/, ''],
  ],
  es: [
    [/ciones$/, 'cion'],
    [/(?:os|as|es|o|a|e|s)$/, ''],
  ],
  pt: [
    [/coes$/, 'cao'],
    [/ao$/, 'ao'],
    [/ais$/, 'al'],
    [/eis$/, 'el'],
    [/ens$/, 'em'],
    [/(?:os|as|es|o|a|e|s)$/, ''],
  ],
};

/** Endings of Russian nouns and adjectives, without the breve of й, which folding takes off. */
const RUSSIAN =
  /(?:иями|ями|ами|ого|его|ому|ему|ыми|ими|иях|ием|еи|ии|ои|ыи|ая|яя|ую|юю|ое|ее|ые|ие|ых|их|ым|им|ом|ем|ах|ях|ам|ям|ов|ев|ия|ию|ью|а|я|о|е|ы|и|у|ю|ь)$/;

/** A folded word without its ending, so that its plural and its cases are one. */
function stemWord(word: string, language: SpacedLanguage): string {
  if (language === 'ru') return cutEnding(word, [RUSSIAN, ''], SHORTEST_RUSSIAN);
  const rule = RULES[language].find(([ending]) => ending.test(word));
  return rule === undefined ? word : cutEnding(word, rule, SHORTEST);
}

function cutEnding(word: string, [ending, instead]: Rule, shortest: number): string {
  const cut = word.replace(ending, instead);
  return cut.length < shortest ? word : cut;
}

const ASCII = /^[\0-\x7f]*$/;
/** What is in quotes is meant as it stands. */
const CHUNK =
  /["\u201c\u201d\u201e\u00ab\u00bb][^"\u201c\u201d\u201e\u00ab\u00bb]*["\u201c\u201d\u201e\u00ab\u00bb]|\S+/gu;

let accented: ReadonlySet<string> | undefined;

/**
 * What was typed to search without words such as `für`, `à` and `où`, which without their accents would be English
 * ones; all of it where nothing else is left.
 */
export function dropLittleWords(text: string): string {
  if (ASCII.test(text)) return text;
  accented ??= new Set(
    LANGUAGES.flatMap((language) => GLOSSARY_FILES[language].littleWords.split(' ')).filter(
      (word) => /^\p{Script=Latin}+$/u.test(word) && !ASCII.test(word),
    ),
  );
  const little = accented;
  const rest = text
    .normalize('NFC')
    .replace(CHUNK, (chunk) => (little.has(chunk.toLowerCase()) ? '' : chunk));
  return rest.trim() === '' ? text : rest;
}
