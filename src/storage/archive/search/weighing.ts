/** What counts how much for a query. Tuned on `bench/search`. */
export interface Weighing {
  /** A power of what a word weighs by BM25: the lower, the less a rare word weighs beside the others. */
  readonly rarity: number;
  /** What it counts that a paper has the words, however often. */
  readonly covered: number;
  /** What it counts how often it has them. */
  readonly repeated: number;
  /** What it counts where the words stand: together, at the start of the title, as a whole keyword. */
  readonly placed: number;
  /** The parameters of BM25F. https://en.wikipedia.org/wiki/Okapi_BM25 */
  readonly k1: number;
  readonly b: number;
  /** What a word counts in a title and in a keyword, where it counts 1 in the abstract. */
  readonly title: number;
  readonly keyword: number;
  /** Papers whose texts are read to rank them; those behind them keep the order that the lists of papers give. */
  readonly read: number;
}

/** Terms are those of titles, keywords and names. */
export const OF_TERMS: Weighing = {
  rarity: 0.7,
  covered: 1,
  repeated: 4,
  placed: 1,
  k1: 1.2,
  b: 0.6,
  title: 3,
  keyword: 2,
  read: 40,
};

/**
 * Who asks in a sentence describes a paper in other words than its own. A word that is rare among papers may be an
 * everyday one, the words stand together nowhere, and what the abstract says again and again is what the paper is about.
 */
export const OF_A_SENTENCE: Weighing = {
  rarity: 0.3,
  covered: 0,
  repeated: 4,
  placed: 0.25,
  k1: 1.8,
  b: 0.9,
  title: 2,
  keyword: 1,
  read: 80,
};
