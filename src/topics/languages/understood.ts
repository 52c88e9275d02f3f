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
