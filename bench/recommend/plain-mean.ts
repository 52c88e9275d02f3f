import type { Paper } from '../../src/papers/paper.ts';
import { splitWords } from '../../src/topics/query/fold-text.ts';
import { buildVector, multiply, type ShareOf, type TextVector } from '../../src/topics/taste.ts';

/** What For You is compared with: how near a paper is to the mean of some, with the same weights of words. */
export function createPlainMean(
  papers: readonly Paper[],
): (examples: readonly Paper[]) => (paper: Paper) => number {
  const shareOf = countShares(papers);
  const vectors = new Map<string, TextVector>();
  const vectorOf = (paper: Paper): TextVector => {
    const known = vectors.get(paper.id) ?? buildVector(paper, shareOf);
    vectors.set(paper.id, known);
    return known;
  };
  return (examples) => {
    const mean = new Map<string, number>();
    for (const example of examples) {
      for (const [word, worth] of vectorOf(example).words) mean.set(word, (mean.get(word) ?? 0) + worth);
    }
    return (paper) => multiply(vectorOf(paper).words, mean);
  };
}

function countShares(papers: readonly Paper[]): ShareOf {
  const counts = new Map<string, number>();
  for (const { title, abstract, summary = '', keywords } of papers) {
    for (const word of new Set([title, abstract, summary, ...keywords].flatMap(splitWords))) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return (word) => {
    const count = counts.get(word) ?? 0;
    return count < 2 ? undefined : count / papers.length;
  };
}
