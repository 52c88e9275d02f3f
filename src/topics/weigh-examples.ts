import type { WeighedPaper } from './paper-search.ts';

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
