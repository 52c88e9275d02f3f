import type { QueryLabel, PaperLists } from './paper-lists.ts';
import { isLittle } from './everyday-words.ts';
import { type QueryWord, SHARE_OF_FIELD_WORD } from './query-words.ts';
import { OF_A_SENTENCE, OF_TERMS, type Weighing } from './weighing.ts';

/** A word with what it tells papers apart by: the fewer have it, the more. */
export interface WeightedWord extends QueryWord {
  readonly weight: number;
}

/** What the lists of papers alone say, before any text is read; both arrays are by the number of a paper. */
export interface GatheredPapers {
  /** Those that some paper has. */
  readonly words: readonly WeightedWord[];
  readonly weighing: Weighing;
  /** The weights of the words that a paper has, added up. */
  readonly covered: Float64Array;
  /** How promising a paper is: more for words of its title, and for whole keywords and names. */
  readonly promise: Float64Array;
}

export interface GatherRequest {
  readonly words: readonly QueryWord[];
  /** All that was typed, where it is words alone. */
  readonly typed: readonly string[];
  readonly labels: readonly QueryLabel[];
  /** Numbers of papers that are called so. */
  readonly named: readonly number[];
  readonly lists: PaperLists;
  /** The highest number that a paper has. */
  readonly lastNumber: number;
}

/** Entries of lists that are read for one query: of very many common words only the rarest count. */
const MOST_ENTRIES = 60_000;
const FEWEST_WORDS = 3;
/** Of a longer query the words tell more than where they stand, and its work is bounded. */
const MOST_TITLE_WORDS = 12;

/** Tuned on `bench/search`. */
const TITLE_WORD = 0.3;
const WHOLE_TITLE = 1;
const WHOLE_LABEL = 0.5;
/** What a little word weighs beside another one that as many papers have; beside several others it weighs nothing. */
const LITTLE = 0.25;
const SEVERAL = 3;
const TITLE_AS_TYPED = 1;
/** Longer phrases take long to look up, and their words tell as much. */
const MOST_TITLED = 7;
/** For a word of the paper's own organization, where a lab is asked for. */
const OF_LAB = 1;
/** So much that the texts of these papers are read, whatever else is found. */
const NAMED = 3;

interface Entry {
  readonly papers: readonly number[];
  readonly share: number;
}

interface ListedWord extends WeightedWord {
  readonly entries: readonly Entry[];
}

/** Weighs every paper by the words that it has, each counting as its best variant does. */
export function gatherPapers({
  words,
  typed,
  labels,
  named,
  lists,
  lastNumber,
}: GatherRequest): GatheredPapers {
  const size = lastNumber + 1;
  const large = words.filter((word) => word.field !== undefined || !isLittle(firstOf(word)));
  const asked = large.length < SEVERAL ? words : large;
  const weighing = asked.length < words.length ? OF_A_SENTENCE : OF_TERMS;
  // However many words its name has, a lab is one thing that is asked for.
  const labs = Math.max(1, asked.filter(({ isLab }) => isLab).length);
  const listed = chooseWords(
    asked.map((word) =>
      listWord(word, { lists, size, part: word.isLab ? 1 / labs : 1, rarity: weighing.rarity }),
    ),
  );
  const covered = new Float64Array(size);
  const titled = new Float64Array(size);
  const promise = new Float64Array(size);
  let most = 0;
  for (const { weight, entries, ...word } of listed) {
    most += weight;
    add(covered, entries, weight);
    if (listed.length <= MOST_TITLE_WORDS && (word.field === undefined || word.field === 'title')) {
      add(
        titled,
        listVariants(asTyped(word), (variant) => lists.withWord(variant, 'title')),
        weight,
      );
    }
  }
  for (const { isLab, weight, variants } of listed) {
    if (isLab) add(promise, listOrganizations(variants, lists), weight);
  }
  const weightOf = new Map(listed.map(({ variants, weight }) => [variants[0]?.word, weight]));
  for (const { kind, words: parts } of labels) {
    const weight = parts.reduce((sum, part) => sum + (weightOf.get(part) ?? 0), 0);
    add(promise, [{ papers: lists.withPhrase(parts, kind), share: WHOLE_LABEL }], weight);
  }
  if (typed.length > 1 && typed.length <= MOST_TITLED)
    add(promise, [{ papers: lists.titledSo(typed), share: TITLE_AS_TYPED }], most);
  add(promise, [{ papers: named, share: NAMED }], most);
  for (let number = 1; number < size; number += 1) {
    const weight = covered[number] ?? 0;
    if (weight === 0) continue;
    const title = titled[number] ?? 0;
    promise[number] =
      (promise[number] ?? 0) + weight + TITLE_WORD * title + WHOLE_TITLE * (title ** 2 / most);
  }
  return { words: listed, weighing, covered, promise };
}

function listWord(
  word: QueryWord,
  {
    lists,
    size,
    part,
    rarity,
  }: {
    readonly lists: PaperLists;
    readonly size: number;
    readonly part: number;
    readonly rarity: number;
  },
): ListedWord {
  const entries = listVariants(word, (variant) => lists.withWord(variant, word.field));
  const papers = countEntries(entries);
  // https://en.wikipedia.org/wiki/Okapi_BM25
  const weight = part * Math.log(1 + (size - papers + 0.5) / (papers + 0.5)) ** rarity;
  return { ...word, entries, weight: isLittle(firstOf(word)) ? weight * LITTLE : weight };
}

function listOrganizations([variant]: QueryWord['variants'], lists: PaperLists): readonly Entry[] {
  return variant === undefined ? [] : [{ papers: lists.withWord(variant, 'org'), share: OF_LAB }];
}

/** Without the field's own words for it: they say much in a text, and little more in a title. */
function asTyped(word: QueryWord): QueryWord {
  return { ...word, variants: word.variants.filter(({ share }) => share > SHARE_OF_FIELD_WORD) };
}

function firstOf({ variants }: QueryWord): string {
  return variants[0]?.word ?? '';
}

/** Each paper once, for the first variant that it has. */
function listVariants(
  { variants }: QueryWord,
  list: (variant: QueryWord['variants'][number]) => readonly number[],
): readonly Entry[] {
  const [first, ...others] = variants;
  if (first === undefined) return [];
  const entries = [{ papers: list(first), share: first.share }];
  if (others.length === 0) return entries;
  const seen = new Set(entries[0]?.papers);
  for (const variant of others) {
    const papers = list(variant).filter((number) => !seen.has(number));
    for (const number of papers) seen.add(number);
    entries.push({ papers, share: variant.share });
  }
  return entries;
}

/** The rarest of those that any paper has, as many as the work allows. */
function chooseWords(words: readonly ListedWord[]): readonly ListedWord[] {
  const known = words.filter(({ entries }) => countEntries(entries) > 0);
  const rarest = known.toSorted((a, b) => b.weight - a.weight);
  let read = 0;
  const chosen = rarest.filter(({ entries }, index) => {
    read += countEntries(entries);
    return index < FEWEST_WORDS || read <= MOST_ENTRIES;
  });
  return known.filter((word) => chosen.includes(word));
}

function countEntries(entries: readonly Entry[]): number {
  return entries.reduce((sum, { papers }) => sum + papers.length, 0);
}

function add(sums: Float64Array, entries: readonly Entry[], weight: number): void {
  for (const { papers, share } of entries) {
    for (const number of papers) sums[number] = (sums[number] ?? 0) + share * weight;
  }
}
