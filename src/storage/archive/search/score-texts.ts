import type { Paper } from '../../../papers/paper.ts';
import { splitWords } from '../../../topics/query/fold-text.ts';
import { stemOf } from '../stem-of.ts';
import type { GatheredPapers, WeightedWord } from './gather-papers.ts';
import { SHARE_OF_LONGER, SHORTEST_START } from './query-words.ts';
import { wordForms } from '../queries/compile-query.ts';
import type { Weighing } from './weighing.ts';

/** Says how well the texts of a paper answer a query: 0 and up, comparable among papers of one query alone. */
export type ScoreTexts = (paper: Paper, covered: number) => number;

/** How many words each field has on average. */
const LENGTHS = { title: 11, abstract: 190, summary: 35, keyword: 12, author: 14, org: 3 } as const;
type ScoredField = keyof typeof LENGTHS;
const FIELDS = ['title', 'abstract', 'summary', 'keyword', 'author', 'org'] as const satisfies ScoredField[];
/** What a word counts in a name, where it counts 1 in the abstract. */
const NAME = 2;
/** However short a field is, its words count no more than so. */
const SHORTEST = 0.3;
const SHARE_OF_SIBLING = 0.9;

/** What all the words of a query make, times these, is added for each of what follows. */
const WHOLE_TITLE = 1;
const TOGETHER_IN_TITLE = 3;
const START_OF_TITLE = 2;
const TOGETHER_IN_ABSTRACT = 0.6;
const WHOLE_KEYWORDS = 2;
const WHOLE_NAMES = 2;
const OF_LAB = 4;
/** Words further from each other in an abstract are not together. */
const FARTHEST = 4;
/** `llama 3` begins `The Llama 3 Herd of Models`. */
const ARTICLES = new Set(['a', 'an', 'the']);

interface Hit {
  readonly index: number;
  readonly share: number;
  /** The stems of the words that have to follow, where it is the first one of a phrase. */
  readonly rest: readonly string[];
  /** Is another word of the same stem. People and organizations have names, of which it says nothing. */
  readonly isSibling: boolean;
}
const NONE: readonly Hit[] = [];

/** Of a word that is not finished. */
interface Beginning extends Hit {
  readonly start: string;
  readonly field?: ScoredField;
}

/** For each word of a query, where it stands among the words of a text. */
type Places = readonly (readonly number[])[];

export function createTextScorer(
  { words, weighing }: Pick<GatheredPapers, 'words' | 'weighing'>,
  siblingsOf: (word: string) => readonly string[],
): ScoreTexts {
  const find = createWordFinder(words, siblingsOf);
  const all = words.reduce((sum, { weight }) => sum + weight, 0);
  if (all === 0) return () => 0;
  const part = (weights: readonly number[]): number => weights.reduce((sum, weight) => sum + weight, 0) / all;

  return (paper, covered) => {
    const texts = splitTexts(paper);
    const { repeated, inTitle, inOrg, places } = countWords(words, { texts, find, weighing });
    const title = part(words.map(({ weight }, index) => weight * (inTitle[index] ?? 0)));
    const lab = part(words.map(({ weight, isLab }, index) => (isLab ? weight * (inOrg[index] ?? 0) : 0)));
    const near = nearness(words, places.title, Infinity);
    const start = ARTICLES.has(texts.title[0] ?? '') ? 1 : 0;
    const starts = places.title[0]?.some((place) => place <= start) === true ? 1 : 0;
    const whole = (labels: readonly string[], field: ScoredField): number =>
      part(wholeWeights(words, { labels, find: (text, place) => find(text, place, field) }));
    const keywords = whole(paper.keywords, 'keyword');
    const names = whole(paper.authors, 'author');
    const placed =
      WHOLE_TITLE * title ** 3 +
      TOGETHER_IN_TITLE * title * near +
      START_OF_TITLE * starts * title ** 2 * near +
      TOGETHER_IN_ABSTRACT * nearness(words, places.abstract, FARTHEST) +
      WHOLE_KEYWORDS * keywords ** 3 +
      WHOLE_NAMES * names +
      OF_LAB * lab;
    return weighing.covered * covered + weighing.repeated * repeated + weighing.placed * all * placed;
  };
}

type FindWord = (words: readonly string[], place: number, field: ScoredField) => readonly Hit[];

function createWordFinder(
  words: readonly WeightedWord[],
  siblingsOf: (word: string) => readonly string[],
): FindWord {
  const hits = new Map<string, Hit[]>();
  const beginnings: Beginning[] = [];
  const learn = (form: string, hit: Hit): void => {
    const known = hits.get(form) ?? [];
    if (known.every(({ index, rest }) => index !== hit.index || rest.length > 0)) {
      hits.set(form, [...known, hit]);
    }
  };
  for (const [index, { variants, isLast }] of words.entries()) {
    for (const { word, open, share } of variants) {
      const [first = '', ...others] = word.split(' ');
      const hit = { index, share, rest: others.map(stemOf), isSibling: false };
      if (open) beginnings.push({ ...hit, start: word });
      else {
        for (const form of wordForms(first)) learn(form, hit);
        const sibling = { ...hit, share: share * SHARE_OF_SIBLING, isSibling: true };
        for (const form of siblingsOf(first)) learn(form, sibling);
      }
    }
    const start = variants[0]?.word ?? '';
    if (isLast && start.length >= SHORTEST_START) {
      const hit = { index, share: SHARE_OF_LONGER, rest: [], isSibling: false };
      beginnings.push({ ...hit, start, field: 'title' });
    }
  }
  const beginningsIn = new Map(
    FIELDS.map((field) => [field, beginnings.filter((one) => (one.field ?? field) === field)]),
  );
  const isMeant = (text: readonly string[], place: number, field: ScoredField) => (hit: Hit) =>
    (words[hit.index]?.field ?? field) === field &&
    !(hit.isSibling && (field === 'author' || field === 'org')) &&
    hit.rest.every((next, offset) => stemOf(text[place + 1 + offset] ?? '') === next);

  // Most words of a text are none of the query's: for those nothing is made.
  return (text, place, field) => {
    const found = hits.get(text[place] ?? '') ?? startsOf(beginningsIn.get(field), text[place]);
    return found.length === 0 ? found : found.filter(isMeant(text, place, field));
  };
}

function startsOf(beginnings: readonly Beginning[] = [], word = ''): readonly Hit[] {
  return beginnings.length === 0 ? NONE : beginnings.filter(({ start }) => word.startsWith(start));
}

function splitTexts(paper: Paper): Readonly<Record<ScoredField, readonly string[]>> {
  const { organization } = paper;
  return {
    title: splitWords(paper.title),
    abstract: splitWords(paper.abstract),
    summary: splitWords(paper.summary ?? ''),
    keyword: paper.keywords.flatMap(splitWords),
    author: paper.authors.flatMap(splitWords),
    org: organization === undefined ? [] : splitWords(`${organization.slug} ${organization.name}`),
  };
}

interface CountedWords {
  /** The sum over the words of the query, each at most its weight. */
  readonly repeated: number;
  /** What each word counts in the title. */
  readonly inTitle: readonly number[];
  /** The same of the organization's name. */
  readonly inOrg: readonly number[];
  readonly places: { readonly title: Places; readonly abstract: Places };
}

function countWords(
  words: readonly WeightedWord[],
  {
    texts,
    find,
    weighing: { k1, b, title, keyword },
  }: {
    readonly texts: Readonly<Record<ScoredField, readonly string[]>>;
    readonly find: FindWord;
    readonly weighing: Weighing;
  },
): CountedWords {
  const once = { title, abstract: 1, summary: 1, keyword, author: NAME, org: 1 };
  const none = words.map(() => 0);
  const [counts, shares, inTitle, inOrg] = [[...none], [...none], [...none], [...none]];
  const places = { title: words.map((): number[] => []), abstract: words.map((): number[] => []) };
  for (const field of FIELDS) {
    const text = texts[field];
    const each = once[field] / Math.max(SHORTEST, 1 - b + (b * text.length) / LENGTHS[field]);
    for (let place = 0; place < text.length; place += 1) {
      const found = find(text, place, field);
      if (found.length === 0) continue;
      for (const { index, share } of found) {
        counts[index] = (counts[index] ?? 0) + each * share;
        shares[index] = Math.max(shares[index] ?? 0, share);
        if (field === 'title') inTitle[index] = Math.max(inTitle[index] ?? 0, share);
        if (field === 'org') inOrg[index] = Math.max(inOrg[index] ?? 0, share);
        if (field === 'title' || field === 'abstract') places[field][index]?.push(place);
      }
    }
  }
  const repeated = words.reduce((sum, { weight }, index) => {
    const [count = 0, share = 0] = [counts[index], shares[index]];
    return count === 0 ? sum : sum + (weight * share * count) / (count + k1 * share);
  }, 0);
  return { repeated, inTitle, inOrg, places };
}

/** From 0 to 1: how near words that follow one another in the query stand to each other in the text, in its order. */
function nearness(words: readonly WeightedWord[], places: Places, farthest: number): number {
  // One word stands with itself.
  if (words.length === 1) return (places[0] ?? []).length > 0 ? 1 : 0;
  let most = 0;
  let near = 0;
  for (const [index, { weight }] of words.entries()) {
    const next = words[index + 1];
    if (next === undefined) break;
    const both = weight + next.weight;
    most += both;
    const distance = shortestWay(places[index] ?? [], places[index + 1] ?? []);
    if (distance <= farthest) near += both / distance;
  }
  return most === 0 ? 0 : near / most;
}

/** From a place to the nearest later one; both are in order. One word may be both: `flashattention`. */
function shortestWay(from: readonly number[], to: readonly number[]): number {
  let shortest = Infinity;
  let passed = 0;
  for (const end of to) {
    if (from.includes(end)) return 1;
    while ((from[passed] ?? Infinity) < end) passed += 1;
    shortest = Math.min(shortest, end - (from[passed - 1] ?? -Infinity));
  }
  return shortest;
}

/** The weights of the words of a query that make a whole keyword or a whole name. */
function wholeWeights(
  words: readonly WeightedWord[],
  {
    labels,
    find,
  }: {
    readonly labels: readonly string[];
    readonly find: (words: readonly string[], place: number) => readonly Hit[];
  },
): readonly number[] {
  const whole = new Set<number>();
  for (const label of labels) {
    const text = splitWords(label);
    const parts = text.map((_, place) => find(text, place).map(({ index }) => index));
    for (const start of parts[0] ?? []) {
      if (parts.every((indexes, place) => indexes.includes(start + place))) {
        for (const place of parts.keys()) whole.add(start + place);
      }
    }
  }
  return [...whole].map((index) => words[index]?.weight ?? 0);
}
