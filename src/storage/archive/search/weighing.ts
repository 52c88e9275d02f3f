/** What counts how much for a query. Tuned on `bench/search`. */
export interface Weighing {
  /** The power to which a word's weight by BM25 is raised: the lower, the less a rare word outweighs the others. */
  readonly rarity: number;
  /** What having the words counts, however often. */
  readonly covered: number;
  /** What having them often counts. */
  readonly repeated: number;
  /** What their places count: together, at the start of the title, as a whole keyword. */
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

/** For words as they stand in titles, keywords and names. */
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
 * A sentence describes a paper in other words than the paper's own. Its rare words may be everyday ones, and its words
 * seldom stand together in the paper. What counts is what the abstract says again and again.
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
