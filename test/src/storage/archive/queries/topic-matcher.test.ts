import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StorageError, UserError } from '../../../../../src/errors.ts';
import type { Paper } from '../../../../../src/papers/paper.ts';
import {
  createMatchTopics,
  type TopicQueries,
} from '../../../../../src/storage/archive/queries/paper-search.ts';
import type { ListDayRange } from '../../../../../src/topics/paper-search.ts';
import { parseQuery } from '../../../../../src/topics/query/parse-query.ts';
import { printQuery, QUERY_LENGTH } from '../../../../../src/topics/query/query.ts';
import { buildPaper } from '../../../../support/build-paper.ts';
import { openTestArchive, SEEN_AT, type TestArchive } from '../../../../support/open-archive.ts';
import { buildQueryArbitrary } from '../../../../support/query-arbitrary.ts';
import { buildRealTerms } from '../../../../support/real-terms.ts';
import { HAS_RECORDED_PAPERS, readRecordedPapers } from '../../../../support/recorded-papers.ts';

function idsOf(match: readonly { readonly id: string }[] | 'failed'): unknown {
  return match === 'failed' ? match : match.map(({ id }) => id);
}

describe('topics matched together', () => {
  let opened: TestArchive;
  beforeEach(() => {
    opened = openTestArchive([
      buildPaper({ id: '2606.00001', title: 'Mamba agents', listDay: '2026-06-09', upvotes: 30 }),
      buildPaper({ id: '2606.00002', title: 'An agent', listDay: '2026-06-09', upvotes: 40 }),
      buildPaper({ id: '2606.00003', title: 'Étude of agents', listDay: '2026-06-08', upvotes: 50 }),
      buildPaper({ id: '2606.00004', title: 'A survey', authors: ['Tri Dao'], listDay: '2026-06-01' }),
      buildPaper({ id: '2606.00005', title: 'Agents that nobody listed' }),
    ]);
  });
  afterEach(() => opened.close());

  async function match(queries: readonly string[], range: ListDayRange) {
    const matches = await opened.matchTopics(queries, range);
    return Object.fromEntries([...matches].map(([query, papers]) => [query, idsOf(papers)]));
  }

  it('have the papers of the range alone, newest list day first, then most upvoted', async () => {
    const queries = ['agents', 'etude', 'author:"tri dao"', '-mamba upvotes>=40', 'mamba OR survey', ''];

    expect(await match(queries, { after: '2026-06-01', until: '2026-06-09' })).toEqual({
      agents: ['2606.00002', '2606.00001', '2606.00003'],
      etude: ['2606.00003'],
      'author:"tri dao"': [],
      '-mamba upvotes>=40': ['2606.00002', '2606.00003'],
      'mamba OR survey': ['2606.00001'],
      '': ['2606.00002', '2606.00001', '2606.00003'],
    });
  });

  it('are counted as they match', async () => {
    const range = { after: '2026-06-01', until: '2026-06-09' };

    const counts = await opened.search.countEach(['agents', '-mamba upvotes>=40', 'survey', '(mamba'], range);

    expect(Object.fromEntries(counts)).toEqual({ agents: 3, '-mamba upvotes>=40': 2, survey: 0 });
  });

  it('leave out what cannot be read, and answer equal ones once', async () => {
    expect(await match(['mamba', '(mamba', 'mamba'], {})).toEqual({ mamba: ['2606.00001'] });
  });

  it('are looked up in what each caller asks for, whoever asked before', async () => {
    const ranges = [{ after: '2026-06-08' }, {}, { after: '2026-06-08' }, { until: '2026-06-08' }];

    const answers = await Promise.all(ranges.map((range) => match(['agents'], range)));

    expect(answers.map(({ agents }) => agents)).toEqual([
      ['2606.00002', '2606.00001'],
      ['2606.00002', '2606.00001', '2606.00003'],
      ['2606.00002', '2606.00001'],
      ['2606.00003'],
    ]);
  });

  it('see what was saved since, votes too', async () => {
    const queries = ['upvotes>=100', 'agents'];
    await match(queries, {});

    opened.archive.save(
      [
        buildPaper({ id: '2606.00001', title: 'Mamba agents', listDay: '2026-06-09', upvotes: 100 }),
        buildPaper({ id: '2606.00005', title: 'Agents, listed at last', listDay: '2026-06-07' }),
      ],
      SEEN_AT,
    );

    expect(await match(queries, {})).toEqual({
      'upvotes>=100': ['2606.00001'],
      agents: ['2606.00001', '2606.00002', '2606.00003', '2606.00005'],
    });
  });

  it('raise a storage error when the archive is closed', async () => {
    const other = openTestArchive();
    await other.close();

    await expect(other.matchTopics(['agents'], {})).rejects.toThrow(StorageError);
  });
});

it('a topic that takes too long fails alone, and the others are found', async () => {
  const asked: (readonly string[])[] = [];
  const ask: TopicQueries['ask'] = async (_, [queries]) => {
    asked.push(queries);
    if (queries.includes('slow')) throw new UserError('query-too-slow', {});
    return new Map(queries.map((query) => [query, []]));
  };

  const matches = await createMatchTopics({ ask })(['fast', 'slow', 'fair'], {});

  expect(Object.fromEntries(matches)).toEqual({ fast: [], slow: 'failed', fair: [] });
});

describe.skipIf(!HAS_RECORDED_PAPERS)('on recorded papers', { timeout: 120_000 }, () => {
  const range = { after: '2026-05-20', until: '2026-05-28' };
  let opened: TestArchive;
  let papers: readonly Paper[];
  beforeAll(() => {
    papers = readRecordedPapers('2026-05-15');
    opened = openTestArchive(papers);
    for (const { listDay = '' } of papers) opened.archive.recordCollectedDay(listDay, SEEN_AT);
  }, 60_000);
  afterAll(() => opened.close());

  it('every topic has what the whole archive finds for it', async () => {
    const texts = buildQueryArbitrary(buildRealTerms(papers)).map(printQuery);
    const queries = fc.sample(
      texts.filter(({ length }) => length <= QUERY_LENGTH),
      1_000,
    );

    const matches = await opened.matchTopics(queries, range);

    const found = queries.map((query) => [query, idsOf(matches.get(query) ?? 'failed')]);
    const expected: unknown[] = [];
    for (const query of queries) {
      expected.push([query, idsOf(await opened.search.match(parseQuery(query), range))]);
    }
    expect(found).toEqual(expected);
  });
});
