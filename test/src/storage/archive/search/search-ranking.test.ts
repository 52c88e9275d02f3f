import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../../../src/errors.ts';
import { parseQuery } from '../../../../../src/topics/query/parse-query.ts';
import type { SearchResult, SortOrder } from '../../../../../src/topics/paper-search.ts';
import { printQuery } from '../../../../../src/topics/query/query.ts';
import { buildPaper } from '../../../../support/build-paper.ts';
import { openTestReader } from '../../../../support/open-archive.ts';
import { QUERY_TEXT } from '../../../../support/query-arbitrary.ts';

const attention = buildPaper({
  id: '2606.00001',
  title: 'Attention Is All You Need',
  abstract: 'A transformer of attention alone, without recurrence.',
  keywords: ['transformer', 'machine translation'],
  authors: ['Ashish Vaswani', 'Noam Shazeer'],
  upvotes: 5,
  listDay: '2026-06-01',
});
const sparse = buildPaper({
  id: '2606.00002',
  title: 'Sparse Mixtures',
  abstract: 'A transformer whose layers are chosen; attention is mentioned once.',
  keywords: ['mixture of experts', 'transformer'],
  authors: ['Noam Shazeer'],
  upvotes: 90,
  listDay: '2026-06-08',
});
const planning = buildPaper({
  id: '2606.00003',
  title: 'World Models for Planning',
  abstract: 'An agent quantizes what it sees and plans ahead.',
  keywords: ['planning'],
  authors: ['Yann LeCun'],
  upvotes: 12,
  listDay: '2026-06-05',
});
const mixtures = buildPaper({
  id: '2606.00004',
  title: 'Experts, Mixed',
  abstract: 'A mixture of experts, again.',
  keywords: ['mixture of experts'],
  authors: ['Wei Zhang'],
  upvotes: 1,
  listDay: '2026-06-02',
});

const reader = openTestReader([attention, sparse, planning, mixtures]);
afterAll(() => reader.close());

function search(text: string, sort: SortOrder = 'relevance'): SearchResult {
  return reader.search({ query: parseQuery(text), sort });
}

describe('a search', () => {
  it.each([
    ['attention', 'relevance', [attention.id, sparse.id]],
    ['attention', 'newest', [sparse.id, attention.id]],
    ['attention', 'upvotes', [sparse.id, attention.id]],
    ['author:shazeer', 'newest', [sparse.id, attention.id]],
    ['upvotes>=5', 'relevance', [sparse.id, planning.id, attention.id]],
  ] as const)('%s, by %s', (text, sort, ids) => {
    expect(search(text, sort).strict).toEqual(ids);
  });

  it.each([
    ['how does attention work without any recurrence in a transformer', attention.id],
    ['attenton is al you nede', attention.id],
    ['attention is all yo', attention.id],
    ['quantization agent', planning.id],
    ['Yan LeCun', planning.id],
    ['vasvani', attention.id],
    ['author:vasvani', attention.id],
  ])('%s finds a paper that comes close', (text, id) => {
    const { strict, close } = search(text);

    expect([...strict, ...close][0]).toBe(id);
    expect(strict.filter((one) => close.includes(one))).toEqual([]);
  });

  it('puts right a word that the archive does not know, in its field', () => {
    const { correction, close } = search('author:vasvani');

    expect(correction && printQuery(correction.query)).toBe('author:vaswani');
    expect(correction?.words).toEqual([{ typed: 'vasvani', meant: 'vaswani' }]);
    expect(correction?.total).toBe(1);
    expect(close[0]).toBe(attention.id);
  });

  it('keeps to the conditions of the query in what comes close', () => {
    expect(search('transfromer upvotes>=50').close).toEqual([sparse.id]);
    expect(search('transfromer -sparse').close).toEqual([attention.id]);
    expect(search('transfromer since:2026-06-07').close).toEqual([sparse.id]);
  });

  it.each([
    ['author:shazeer recurrences', [attention.id, sparse.id]],
    ['author:"noam shazeer" plannign', [attention.id, sparse.id]],
    ['author:lecun transformer', [planning.id]],
    ['title:attention planning', [attention.id]],
    ['org:nobody transformer', []],
    ['submitter:nobody transformer', []],
  ])('%s: keeps to the fields that are named', (text, ids) => {
    const { strict, close } = search(text);

    expect([...strict, ...close].toSorted()).toEqual(ids);
  });

  it('has nothing close where there is no word to come close to', () => {
    expect(search('upvotes>=1000').close).toEqual([]);
    expect(search('-attention').close).toEqual([]);
  });
});

describe('while somebody types', () => {
  it.each([
    ['attention is a', { kind: 'title', text: attention.title, paperId: attention.id }],
    ['world', { kind: 'title', text: planning.title, paperId: planning.id }],
    ['noam sh', { kind: 'author', text: 'Noam Shazeer' }],
    ['mixture of', { kind: 'keyword', text: 'mixture of experts' }],
    ['lecun', { kind: 'author', text: 'Yann LeCun' }],
    ['atention', { kind: 'title', text: attention.title, paperId: attention.id }],
  ])('%s', (typed, first) => {
    expect(reader.suggest(typed, 25)[0]).toEqual(first);
  });

  it('no more is suggested than is asked for, and nothing twice', () => {
    expect(reader.suggest('m', 1)).toHaveLength(1);
    const texts = reader.suggest('mixt', 25).map(({ text }) => text.toLowerCase());

    expect(texts).toEqual([...new Set(texts)]);
  });

  it('nothing is suggested for what has no letter', () => {
    expect(reader.suggest(' "* ', 25)).toEqual([]);
  });
});

describe('similar papers', () => {
  it('share rare terms, and are others', () => {
    expect(reader.similar([mixtures.id], 5).map(({ id }) => id)).toEqual([sparse.id]);
  });

  it('are none for a paper that the archive has not', () => {
    expect(reader.similar(['2606.99999'], 5)).toEqual([]);
  });
});

describe('a paper that changes', () => {
  it('is suggested by the authors that it has now', async () => {
    const changing = openTestReader([attention]);
    changing.archive.save([{ ...attention, authors: ['Llion Jones'] }], 1);

    expect(changing.suggest('vaswani', 5)).toEqual([]);
    expect(changing.suggest('llion', 5)).toEqual([
      { kind: 'author', text: 'Llion Jones' },
      { kind: 'title', text: attention.title, paperId: attention.id },
    ]);
    await changing.close();
  });
});

describe('whatever is typed', () => {
  it('is answered with papers that exist, each once', () => {
    const all = new Set([attention.id, sparse.id, planning.id, mixtures.id]);
    fc.assert(
      fc.property(QUERY_TEXT, (text) => {
        let result: SearchResult;
        reader.suggest(text, 25);
        try {
          result = search(text);
        } catch (error) {
          if (error instanceof UserError) return;
          throw error;
        }
        const ids = [...result.strict, ...result.close];

        expect(ids).toEqual([...new Set(ids)]);
        expect(ids.every((id) => all.has(id))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
