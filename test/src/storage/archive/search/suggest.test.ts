import { afterAll, describe, expect, it } from 'vitest';
import { buildPaper } from '../../../../support/build-paper.ts';
import { openTestReader } from '../../../../support/open-archive.ts';

describe('papers suggested while a person types', () => {
  const reader = openTestReader([
    buildPaper({ id: '2606.00001', title: 'Speculative decoding for "all"', authors: ['Tri Dao'] }),
    buildPaper({ id: '2606.00002', title: 'Decoding brains', listDay: '2026-06-08' }),
  ]);
  afterAll(() => reader.close());

  it.each([
    ['spec', ['2606.00001']],
    ['decoding specul', ['2606.00001']],
    ['dao', ['2606.00001']],
    ['decod', ['2606.00002', '2606.00001']],
    ['xyz', []],
    ['', []],
    ['"', []],
    ['decoding" OR title:*', []],
    ['NEAR(decoding', []],
  ])('%j', (typed, ids) => {
    const found = reader.suggest(typed, 5);

    const papers = found.flatMap((one) => (one.kind === 'title' ? [one.paperId] : []));
    expect(papers.toSorted()).toEqual(ids.toSorted());
  });
});

describe('what is suggested behind a field', () => {
  const reader = openTestReader([
    buildPaper({ id: '1', title: 'Tri', authors: ['Tri Dao', 'Ada Trinh'], keywords: ['trigram'] }),
    buildPaper({ id: '2', title: 'Trinh', authors: ['Ada Trinh'], keywords: ['trigram'] }),
  ]);
  afterAll(() => reader.close());

  it.each([
    ['author:tri', ['Ada Trinh', 'Tri Dao']],
    ['Author: "ada t', ['Ada Trinh']],
    ['keyword:tri', ['trigram']],
    ['author:xyz', []],
    ['author:', []],
    ['author:"', []],
  ])('%j', (typed, texts) => {
    expect(
      reader
        .suggest(typed, 5)
        .map(({ text }) => text)
        .toSorted(),
    ).toEqual(texts);
  });
});
