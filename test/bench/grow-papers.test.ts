import { expect, test } from 'vitest';
import { growPapers } from '../../bench/search/grow-papers.ts';
import { buildPaper } from '../support/build-paper.ts';

const PAPERS = [
  buildPaper({ id: '2606.00001', title: 'Mamba: one two', abstract: 'A. B.', keywords: ['a', 'b'] }),
  buildPaper({ id: '2606.00002', title: 'Titans: three four', abstract: 'C. D.', keywords: ['c', 'd'] }),
  buildPaper({ id: '2606.00003', title: 'five six', abstract: 'E. F.', keywords: [] }),
];

test('grown papers are those that there are, then new ones of two of them, each with an id of its own', () => {
  const grown = [...growPapers(PAPERS, 9)];

  expect(grown.slice(0, 3)).toEqual(PAPERS);
  expect(new Set(grown.map(({ id }) => id)).size).toBe(9);
  expect(grown[3]).toMatchObject({
    id: '5000.00003',
    title: 'Mamans: one four',
    abstract: 'A. D.',
    keywords: ['a', 'd'],
  });
});

test('they are the same each time', () => {
  expect([...growPapers(PAPERS, 9)]).toEqual([...growPapers(PAPERS, 9)]);
});
