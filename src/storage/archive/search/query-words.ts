import { plainWords, type Query, type TextField, positiveTerms } from '../../../topics/query/query.ts';
import { findSplit, isBeginning, RAREST } from './correct-query.ts';
import { fieldWordsOf, findPhrases } from './everyday-words.ts';
import type { Names } from './names.ts';
import { buildWord, type Neighbour, RARE, type Spelling } from './spelling.ts';

/** One of the ways in which a paper may write a word of a query. */
export interface Variant {
  /** Several words, with a space between, are a phrase. */
  readonly word: string;
  /** Only begins so. */
  readonly open: boolean;
  /** What it counts beside the word as it was typed: from 0 to 1. */
  readonly share: number;
}

export interface QueryWord {
  readonly field?: TextField;
  /** The word as it was typed is the first. */
  readonly variants: readonly Variant[];
  /** Is the last one that was typed, so that a title may have a longer one. */
  readonly isLast: boolean;
  /** Belongs to the name of a lab whose papers are asked for: `from Google DeepMind`. */
  readonly isLab: boolean;
}

export interface ReadingTools {
  readonly spelling: Spelling;
  readonly names: Names;
  /** Words that no paper has, or few, are perhaps misspelt or not finished. */
  readonly isGuessed: boolean;
}

/** Words for which others are tried that are spelt nearly so, and that are looked up as parts of others. */
const MOST_TRIED = 12;
const MORE_FREQUENT = 5;
/** Of its neighbours those count that have at least this fraction of the papers of the most frequent one. */
const LESS_FREQUENT = 30;
export const SHORTEST_START = 3;
export const SHARE_OF_LONGER = 0.95;
const SHARE_OF_CORRECTED = 0.8;
/** `flashattention` and `flash attention` are the same. */
const SHARE_OF_COMPOUND = 1;
/** Papers have another word for it. */
export const SHARE_OF_FIELD_WORD = 0.75;
/** A paper says what an acronym stands for where it is about something else too. */
const SHARE_OF_MEANING = 0.9;

/** The words of a query, each with what may have been meant by it. */
export function readWords(query: Query, tools: ReadingTools): readonly QueryWord[] {
  const words = wordsOf(query);
  const joined = joinNeighbours(words, tools.spelling);
  const labs = findLabs(words, tools.spelling);
  let tried = 0;
  const read = words.map((loose, index): QueryWord => {
    const { word, open, field, isLast } = loose;
    const compounds = asVariants(joined[index] ?? [], SHARE_OF_COMPOUND);
    const variants = [{ word, open, share: 1 }, ...compounds];
    if (!open && tried < MOST_TRIED) {
      const found = findVariants(loose, tools);
      if (found.length > 0) tried += 1;
      variants.push(...found);
    }
    const isLab = labs.has(loose);
    return field === undefined ? { variants, isLast, isLab } : { field, variants, isLast, isLab };
  });
  return tools.isGuessed ? [...read, ...readPhrases(query)] : read;
}

/** Of the words of a long text not all are looked through. */
const MOST_LOOKED_THROUGH = 32;
const MOST_PHRASES = 4;

/** Everyday phrases, each as one more word: `self driving` is `autonomous driving` to papers. */
function readPhrases(query: Query): readonly QueryWord[] {
  const typed = plainWords(query)?.split(' ').slice(0, MOST_LOOKED_THROUGH) ?? [];
  return findPhrases(typed)
    .slice(0, MOST_PHRASES)
    .map(({ words, meant }) => ({
      variants: [...asVariants([words.join(' ')], 1), ...asVariants(meant, SHARE_OF_FIELD_WORD)],
      isLast: false,
      isLab: false,
    }));
}

/** What stands in front of a lab's name. */
const BEFORE_LAB = new Set(['from', 'by', 'at']);
/** Organizations are called so in so many papers, and in so large a share of those that have the word at all. */
const FEWEST_OF_LAB = 3;
const SHARE_OF_LAB = 0.05;
const MOST_OF_LAB = 4;

/** The words of a lab's name: those that stand behind `from`, or all of the query. */
function findLabs(words: readonly TypedWord[], spelling: Spelling): ReadonlySet<TypedWord> {
  const labs = new Set<TypedWord>();
  for (const [index, loose] of words.entries()) {
    const before = words[index - 1];
    const isBehind = before !== undefined && (BEFORE_LAB.has(before.word) || labs.has(before));
    if (isBehind && isOfLab(loose, spelling)) labs.add(loose);
  }
  const isLabAlone = words.length <= MOST_OF_LAB && words.every((loose) => isOfLab(loose, spelling));
  return isLabAlone ? new Set(words) : labs;
}

function isOfLab({ word, field }: TypedWord, spelling: Spelling): boolean {
  const papers = field === undefined ? spelling.count(buildWord(word, 'org')) : 0;
  return papers >= FEWEST_OF_LAB && papers >= spelling.count(buildWord(word, undefined)) * SHARE_OF_LAB;
}

function asVariants(words: readonly string[], share: number): readonly Variant[] {
  return words.map((word) => ({ word, open: false, share }));
}

/** For each word those of the archive that it makes with the one before or behind it. */
function joinNeighbours(words: readonly TypedWord[], spelling: Spelling): readonly (readonly string[])[] {
  const joined = words.map((): string[] => []);
  for (const [index, { word, field, open }] of words.slice(0, MOST_TRIED).entries()) {
    const next = words[index + 1];
    if (open || next === undefined || next.open || next.field !== field) continue;
    const both = word + next.word;
    if (spelling.count(buildWord(both, field), 1) === 0) continue;
    joined[index]?.push(both);
    joined[index + 1]?.push(both);
  }
  return joined;
}

/** Other ways to write a word: in two, as what it stands for, to its end, or without an error. */
function findVariants(loose: TypedWord, { spelling, names, isGuessed }: ReadingTools): readonly Variant[] {
  const { word, field, isLast } = loose;
  const isAnywhere = field === undefined;
  const meanings = [
    ...asVariants(isAnywhere ? names.meaningsOf(word) : [], SHARE_OF_MEANING),
    ...asVariants(isAnywhere && isGuessed ? fieldWordsOf(word) : [], SHARE_OF_FIELD_WORD),
  ];
  const papers = spelling.count(buildWord(word, field), RARE + 1);
  if (papers > RARE) return meanings;
  const split = papers > RAREST ? undefined : findSplit(word, field, spelling);
  const longer =
    isLast && isGuessed && word.length >= SHORTEST_START
      ? [{ word, open: true, share: SHARE_OF_LONGER }]
      : [];
  const isCertain = !isGuessed || meanings.length > 0 || (isLast && isBeginning(word, papers, spelling));
  const likely = isCertain ? [] : findLikely(loose, { papers, spelling });
  const isSplit = split !== undefined && split.papers >= Math.max(0, ...likely.map((other) => other.papers));
  return [
    ...(isSplit ? asVariants([split.words.join(' ')], SHARE_OF_COMPOUND) : []),
    ...meanings,
    ...longer,
    ...(isSplit
      ? []
      : asVariants(
          likely.map((other) => other.word),
          SHARE_OF_CORRECTED,
        )),
  ];
}

interface TypedWord extends LooseWord {
  readonly isLast: boolean;
}

function wordsOf(query: Query): readonly TypedWord[] {
  const last = plainWords(query)?.split(' ').at(-1);
  return looseWords(query).map((loose) => ({ ...loose, isLast: loose.word === last }));
}

function findLikely(
  { word, field }: LooseWord,
  { papers, spelling }: { readonly papers: number; readonly spelling: Spelling },
): readonly Neighbour[] {
  const neighbours = spelling.neighboursOf(word, { field, isKnown: papers > 0 });
  const most = Math.max(...neighbours.map((other) => other.papers));
  return neighbours.filter(
    (other) => other.papers >= papers * MORE_FREQUENT && other.papers >= most / LESS_FREQUENT,
  );
}

/** A word that a close match may have, alone or with others. */
interface LooseWord {
  readonly word: string;
  readonly field?: TextField;
  /** Only begins so. */
  readonly open: boolean;
}

/** The words that a query asks for, each once, without the order that its phrases ask for. */
function looseWords(query: Query): readonly LooseWord[] {
  const words = new Map<string, LooseWord>();
  for (const term of positiveTerms(query)) {
    const all = term.kind === 'word' ? [term.word] : term.words;
    const about = term.field === undefined ? {} : { field: term.field };
    for (const [index, word] of all.entries()) {
      const open = term.kind === 'phrase' && term.open && index === all.length - 1;
      words.set(`${term.field ?? ''} ${word}`, { word, open, ...about });
    }
  }
  return [...words.values()];
}
