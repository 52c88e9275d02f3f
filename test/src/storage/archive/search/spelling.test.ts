import { describe, expect, it } from 'vitest';
import {
  buildWord,
  editDistance,
  remembering,
  type Spelling,
} from '../../../../../src/storage/archive/search/spelling.ts';

describe('the distance between two words', () => {
  it.each([
    ['transformer', 'transformer', 0],
    ['transfomer', 'transformer', 1],
    ['transsformer', 'transformer', 1],
    ['trasnformer', 'transformer', 1],
    ['ransformer', 'transformer', 1],
    ['vasvani', 'vaswani', 1],
    ['trasnfomer', 'transformer', 2],
    ['form', 'transformer', 3],
    ['', 'ab', 2],
  ])('%s and %s: %i', (from, to, distance) => {
    expect(editDistance(from, to, 2)).toBe(distance);
    expect(editDistance(to, from, 2)).toBe(distance);
  });
});

describe('a spelling that remembers', () => {
  const PAPERS = 30;
  let asked: number[];

  function remember(): Spelling {
    asked = [];
    return remembering({
      count(_term, most = Infinity) {
        asked.push(most);
        return Math.min(PAPERS, most);
      },
      siblingsOf: () => [],
      neighboursOf: () => [],
    });
  }

  it.each([
    { first: 21, next: 1, papers: 1, times: 1 },
    { first: 21, next: 25, papers: 25, times: 2 },
    { first: 50, next: 100, papers: PAPERS, times: 1 },
    { first: 50, next: 3, papers: 3, times: 1 },
    { first: undefined, next: 21, papers: 21, times: 1 },
  ])('counts $times times for at most $first, then $next papers', ({ first, next, papers, times }) => {
    const spelling = remember();
    spelling.count(buildWord('mamba', undefined), first);

    expect(spelling.count(buildWord('mamba', undefined), next)).toBe(papers);
    expect(asked).toHaveLength(times);
  });

  it('tells the fields of a word apart', () => {
    const spelling = remember();
    spelling.count(buildWord('mamba', undefined), 5);
    spelling.count(buildWord('mamba', 'title'), 5);

    expect(asked).toHaveLength(2);
  });
});
