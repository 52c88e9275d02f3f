import type { Paper } from '../papers/paper.ts';
import type { WeighedPaper } from './paper-search.ts';
import { splitWords } from './query/fold-text.ts';

type WordWeights = ReadonlyMap<string, number>;

/** How much each word of a text is worth, as a vector of length one. */
export interface TextVector {
  readonly words: WordWeights;
  /** How near it is to the usual paper. */
  readonly usual: number;
}

/** Which part of all papers have a word; undefined for one that tells nothing: only one paper has it, or most do. */
export type ShareOf = (word: string) => number | undefined;

export interface Example {
  readonly paper: Paper;
  readonly vector: TextVector;
  /** Above 0. */
  readonly weight: number;
}

/** What papers like some examples have. */
export interface Taste {
  /** The mean of the examples, of length one. */
  readonly words: WordWeights;
  /** What a paper must be nearer to than the usual one, in the same unit. */
  readonly scale: number;
  /** The words of the titles and keywords of the examples. */
  readonly named: ReadonlySet<string>;
  readonly authors: ReadonlySet<string>;
  readonly organizations: ReadonlySet<string>;
}

interface Likeness {
  /** Of the text alone, mostly between 0 and 0.3. */
  readonly text: number;
  /** With what authors and organizations add. */
  readonly score: number;
}

/** Which words of each part count more than those of an abstract. Tuned by `bench/recommend`, as is all below. */
const SHORTEST = 2;
const TITLE = 3;
const KEYWORDS = 2;
/** One over the usual length of a text before it is scaled: what a word is worth in the mean of all papers. */
const BACKGROUND = 0.03;
/** What is to be avoided counts less than what is wanted: a paper can be dismissed for many reasons. */
const AVOIDED = 0.25;
const KNOWN_AUTHOR = 0.1;
const KNOWN_ORGANIZATION = 0.03;

/** TF-IDF of a paper's text, with the root of how often a word is there. */
export function buildVector({ title, keywords, abstract, summary }: Paper, shareOf: ShareOf): TextVector {
  const counts = new Map<string, number>();
  const add = (text: string, weight: number): void => {
    for (const word of splitWords(text)) counts.set(word, (counts.get(word) ?? 0) + weight);
  };
  add(title, TITLE);
  for (const keyword of keywords) add(keyword, KEYWORDS);
  add(abstract, 1);
  add(summary ?? '', 1);
  const words = new Map<string, number>();
  let usual = 0;
  for (const [word, count] of counts) {
    const share = word.length < SHORTEST ? undefined : shareOf(word);
    if (share === undefined) continue;
    const rarity = Math.log(1 / share);
    const worth = Math.sqrt(count) * rarity;
    words.set(word, worth);
    usual += worth * share * rarity * BACKGROUND;
  }
  const length = scaleToOne(words);
  return { words, usual: length > 0 ? usual / length : 0 };
}

/** The mean of the examples, less what is to be avoided. */
export function buildTaste(examples: readonly Example[], avoided: readonly Example[]): Taste {
  const words = new Map<string, number>();
  addMean(words, examples, 1);
  addMean(words, avoided, -AVOIDED);
  const length = scaleToOne(words);
  const papers = examples.map(({ paper }) => paper);
  return {
    words,
    scale: length > 0 ? 1 / length : 0,
    named: new Set(papers.flatMap(nameWords)),
    authors: new Set(papers.flatMap(({ authors }) => authors)),
    organizations: new Set(papers.flatMap(({ organization }) => organization?.slug ?? [])),
  };
}

export function judgeLikeness({ words, scale, ...known }: Taste, paper: Paper, vector: TextVector): Likeness {
  const text = multiply(vector.words, words) - vector.usual * scale;
  const isAuthorKnown = paper.authors.some((author) => known.authors.has(author));
  const isLabKnown = known.organizations.has(paper.organization?.slug ?? '');
  const bonus = (isAuthorKnown ? KNOWN_AUTHOR : 0) + (isLabKnown ? KNOWN_ORGANIZATION : 0);
  return { text, score: text + bonus };
}

/**
 * The words by which a paper is most like it, best first, of those that are worth telling. A word that stands in neither
 * a title nor a keyword is not: an abstract has many that say nothing of what it is about.
 */
export function decidingWords(
  { words, named }: Taste,
  { paper, vector }: Pick<Example, 'paper' | 'vector'>,
  { most, isTold }: { readonly most: number; readonly isTold: (word: string) => boolean },
): readonly string[] {
  const ownNamed = new Set(nameWords(paper));
  return [...vector.words]
    .filter(([word]) => (ownNamed.has(word) || named.has(word)) && isTold(word))
    .map(([word, worth]) => ({ word, worth: worth * (words.get(word) ?? 0) }))
    .filter(({ worth }) => worth > 0)
    .toSorted((a, b) => b.worth - a.worth || (a.word < b.word ? -1 : 1))
    .slice(0, most)
    .map(({ word }) => word);
}

function nameWords({ title, keywords }: Paper): readonly string[] {
  return [title, ...keywords].flatMap(splitWords);
}

export function multiply(one: WordWeights, other: WordWeights): number {
  let sum = 0;
  for (const [word, worth] of one) sum += worth * (other.get(word) ?? 0);
  return sum;
}

function addMean(mean: Map<string, number>, examples: readonly Example[], sign: number): void {
  const all = examples.reduce((sum, { weight }) => sum + weight, 0);
  for (const { vector, weight } of examples) {
    for (const [word, worth] of vector.words) {
      mean.set(word, (mean.get(word) ?? 0) + (sign * worth * weight) / all);
    }
  }
}

/** Gives the length that it had. */
function scaleToOne(words: Map<string, number>): number {
  const length = Math.hypot(...words.values());
  if (length > 0) for (const [word, worth] of words) words.set(word, worth / length);
  return length;
}

/** So many saves later a paper counts half: people go on to other things, slowly. */
const HALF_LIFE = 50;
/** What was saved before is no guide any more, and costs time. */
export const MOST_EXAMPLES = 200;

/** Saved papers as examples, the latest first: it weighs most. */
export function weighBySaving(paperIds: readonly string[]): readonly WeighedPaper[] {
  return paperIds
    .slice(0, MOST_EXAMPLES)
    .map((paperId, at) => ({ paperId, weight: 0.5 ** (at / HALF_LIFE) }));
}

export function weighEqually(paperIds: readonly string[]): readonly WeighedPaper[] {
  return paperIds.map((paperId) => ({ paperId, weight: 1 }));
}
