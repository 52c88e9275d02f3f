import { afterAll, describe, expect, it } from 'vitest';
import { parseQuery } from '../../../../../src/topics/query/parse-query.ts';
import { printQuery } from '../../../../../src/topics/query/query.ts';
import { buildPaper } from '../../../../support/build-paper.ts';
import { openTestReader } from '../../../../support/open-archive.ts';

const frequent = Array.from({ length: 90 }, (_, index) =>
  buildPaper({ id: `2605.1${String(index).padStart(4, '0')}`, abstract: 'MMLU costs a state of the art.' }),
);
const reader = openTestReader([
  ...frequent,
  buildPaper({ id: '1', title: 'From KMMLU to Others' }),
  buildPaper({ id: '2', authors: ['Manuel Costas'] }),
  buildPaper({ id: '3', keywords: ['StateX'] }),
  buildPaper({ id: '4', abstract: 'The sttae of the art.' }),
]);
afterAll(() => reader.close());

describe('“did you mean”', () => {
  it.each(['kmmlu', 'costas', 'author:costas', 'statex'])(
    'is not said of “%s”, which a paper, its author or its topic is called',
    (text) => {
      const { strict, correction } = reader.search({ query: parseQuery(text), sort: 'relevance' });

      expect(strict).toHaveLength(1);
      expect(correction).toBeUndefined();
    },
  );

  it('is said of an error that somebody else made too', () => {
    const { correction } = reader.search({ query: parseQuery('sttae'), sort: 'relevance' });

    expect(correction).toMatchObject({ words: [{ typed: 'sttae', meant: 'state' }], total: 90 });
  });
});

describe('a word that papers write as two', () => {
  const split = openTestReader([
    buildPaper({ id: '1', title: 'SWE-bench Goes Live' }),
    buildPaper({ id: '2', abstract: 'Of a swe, and of a bench.' }),
    buildPaper({ id: '3', authors: ['Tri Dao'] }),
    buildPaper({ id: '4', title: 'SpecBench' }),
    buildPaper({ id: '5', abstract: 'Measured on SWE-bench.' }),
  ]);
  afterAll(() => split.close());

  it.each([
    ['swebench', '"swe bench"', '1'],
    ['author:tridao', 'author:"tri dao"', '3'],
  ])('%s is found as %s', (typed, meant, id) => {
    const { close, correction } = split.search({ query: parseQuery(typed), sort: 'relevance' });

    expect(correction && printQuery(correction.query)).toBe(meant);
    expect(close[0]).toBe(id);
  });
});
