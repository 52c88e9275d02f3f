import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseQuery } from '../../../../../src/topics/query/parse-query.ts';
import { buildPaper } from '../../../../support/build-paper.ts';
import { openTestArchive, openTestReader, type TestReader } from '../../../../support/open-archive.ts';

const NAMES = ['alpha', 'beta', 'gamma', 'delta', 'epsilon'];

/** Five papers about each of two things, and what has little to do with either. */
const PAPERS = [
  ...Array.from({ length: 5 }, (_, at) =>
    buildPaper({
      id: `2606.0000${at}`,
      title: `Speculative decoding, ${NAMES[at]}`,
      abstract: `A draft model proposes tokens and a verifier accepts them.`,
      authors: [`Drafter ${at}`],
      listDay: '2026-06-08',
    }),
  ),
  ...Array.from({ length: 5 }, (_, at) =>
    buildPaper({
      id: `2606.0001${at}`,
      title: `Protein folding, ${NAMES[at]?.toUpperCase()}s`,
      abstract: `Amino acids fold into a structure.`,
      authors: [`Folder ${at}`],
      listDay: '2026-06-08',
    }),
  ),
  ...Array.from({ length: 10 }, (_, at) =>
    buildPaper({
      id: `2606.0002${at}`,
      title: `Unrelated${at}`,
      abstract: `Whatever${at}.`,
      authors: [`Somebody ${at}`],
      listDay: '2026-06-08',
    }),
  ),
];
const DRAFTS = ['2606.00001', '2606.00002', '2606.00003', '2606.00004'];
const FOLDS = ['2606.00011', '2606.00012', '2606.00013', '2606.00014'];

const equally = (...ids: readonly string[]) => ids.map((paperId) => ({ paperId, weight: 1 }));

describe('papers like some examples', () => {
  let reader: TestReader;
  beforeAll(() => {
    reader = openTestReader(PAPERS);
  });
  afterAll(() => reader.close());

  const match = (query: string) =>
    reader
      .match(parseQuery(query), {})
      .map(({ id }) => id)
      .toSorted();
  const pick = (saved: readonly string[], { avoided = [] as readonly string[], limit = 4 } = {}) =>
    reader.pick({ examples: equally(...saved), avoided, range: {}, without: [], limit });

  it('share their words; an example itself is not one of them', () => {
    expect(match('like:2606.00000')).toEqual(DRAFTS);
    expect(match('like:2606.00010')).toEqual(FOLDS);
  });

  it('are like any of several examples', () => {
    expect(match('like:2606.00000,2606.00010')).toEqual([...DRAFTS, ...FOLDS]);
  });

  it('are fewer where more is asked for', () => {
    expect(match('like:2606.00000>=999')).toEqual([]);
  });

  it('obey the rest of the query', () => {
    expect(match('like:2606.00000 title:gamma')).toEqual(['2606.00002']);
    expect(match('like:2606.00000 -title:gamma')).toEqual(DRAFTS.filter((id) => id !== '2606.00002'));
  });

  it('are none where the archive does not have the examples', () => {
    expect(match('like:2001.00001')).toEqual([]);
    expect(pick(['2001.00001'])).toEqual([]);
    expect(reader.similar(['2001.00001'], 5)).toEqual([]);
  });

  it('are the same for digests, which match them together with other topics', () => {
    const queries = ['like:2606.00000', 'folding', 'like:2606.00010'];
    const found = reader.matchTopics(queries, { after: '2026-06-01' });

    expect(found.get('like:2606.00000')?.map(({ id }) => id)).toEqual(DRAFTS);
    expect(found.get('like:2606.00010')?.map(({ id }) => id)).toEqual(FOLDS);
  });

  it('are explained by the words that decided', () => {
    const query = parseQuery('like:2606.00000');

    const { matches, parts } = reader.explain(query, '2606.00003') ?? {};

    expect(matches).toBe(true);
    expect(parts?.[0]?.words).toEqual(expect.arrayContaining(['speculative', 'decoding']));
    expect(parts?.[0]?.words).not.toContain('in');
  });

  it('are explained by what they are about, and not by how papers are written', async () => {
    const about = (id: string, title: string) =>
      buildPaper({
        id,
        title,
        abstract: `We demonstrate remarkable findings on webshop. ${title}.`,
        keywords: ['token trees'],
        listDay: '2026-06-08',
      });
    const written = openTestReader([
      ...PAPERS,
      about('2606.00031', 'Towards novel drafts: results of Webshop'),
      about('2606.00032', 'A novel way towards results of drafts'),
    ]);

    const [picked] = written.pick({
      examples: equally('2606.00031'),
      avoided: [],
      range: {},
      without: [],
      limit: 1,
    });
    const { parts } = written.explain(parseQuery('like:2606.00031'), '2606.00032') ?? {};

    expect(picked?.paperId).toBe('2606.00032');
    expect(picked?.words.toSorted()).toEqual(['drafts', 'token', 'trees', 'webshop']);
    expect(parts?.[0]?.words).toEqual(picked?.words);
    await written.close();
  });

  it('are found for several papers at once by Similar', () => {
    const found = reader.similar(['2606.00000', '2606.00001'], 3).map(({ id }) => id);

    expect(found.toSorted()).toEqual(['2606.00002', '2606.00003', '2606.00004']);
  });

  it('are picked best first, each with the example that it is most like', () => {
    const picks = pick(['2606.00000', '2606.00010'], { limit: 8 });

    expect(picks.map(({ paperId }) => paperId).toSorted()).toEqual([...DRAFTS, ...FOLDS]);
    for (const { paperId, like } of picks) {
      expect(like).toBe(DRAFTS.includes(paperId) ? '2606.00000' : '2606.00010');
    }
  });

  it('are told with words that the nearest example has too', async () => {
    const both = buildPaper({
      id: '2606.00040',
      title: 'Speculative decoding and folding',
      listDay: '2026-06-08',
    });
    const mixed = openTestReader([...PAPERS, both]);
    const [picked] = mixed.pick({
      examples: equally('2606.00000', '2606.00010'),
      avoided: [],
      range: {},
      without: [...DRAFTS, ...FOLDS],
      limit: 1,
    });

    expect(picked).toMatchObject({ paperId: '2606.00040', like: '2606.00000' });
    expect(picked?.words.toSorted()).toEqual(['decoding', 'speculative']);
    await mixed.close();
  });

  it('are no longer picked when they are like what was dismissed', () => {
    const picks = pick(['2606.00000', '2606.00010'], { avoided: ['2606.00001', '2606.00002'], limit: 4 });

    expect(picks.map(({ paperId }) => paperId).toSorted()).toEqual(FOLDS);
  });
});

it('a paper that comes later is like the examples, and more so by the same author', async () => {
  const opened = openTestArchive(PAPERS);
  const query = parseQuery('like:2606.00000');
  await opened.search.match(query, {});

  const late = buildPaper({
    id: '2606.09999',
    title: 'Speculative decoding, at last',
    authors: ['Drafter 0'],
    listDay: '2026-06-09',
  });
  opened.archive.save([late], Date.now());
  const [first] = await opened.search.match(query, {});
  const [picked] = await opened.search.pick({
    examples: equally('2606.00000'),
    avoided: [],
    range: { after: '2026-06-08' },
    without: [],
    limit: 3,
  });

  expect(first?.id).toBe('2606.09999');
  expect(picked).toMatchObject({ paperId: '2606.09999', authors: ['Drafter 0'] });
  expect(picked?.score).toBeGreaterThan(picked?.text ?? Infinity);
  await opened.close();
});
