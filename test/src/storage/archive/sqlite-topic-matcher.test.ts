import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StorageError } from '../../../../src/errors.ts';
import type { Paper } from '../../../../src/papers/paper.ts';
import {
  openSqliteArchive,
  type SqliteArchive,
} from '../../../../src/storage/archive/sqlite-paper-archive.ts';
import { createSqliteTopicMatcher } from '../../../../src/storage/archive/sqlite-topic-matcher.ts';
import type { ListDayRange } from '../../../../src/topics/paper-search.ts';
import { parseQuery } from '../../../../src/topics/query/parse-query.ts';
import { printQuery } from '../../../../src/topics/query/print-query.ts';
import { QUERY_LENGTH } from '../../../../src/topics/query/query.ts';
import { buildPaper } from '../../../support/build-paper.ts';
import { buildQueryArbitrary } from '../../../support/query-arbitrary.ts';
import { buildRealTerms } from '../../../support/real-terms.ts';
import { HAS_RECORDED_PAPERS, readRecordedPapers } from '../../../support/recorded-papers.ts';

const SEEN_AT = Date.UTC(2026, 5, 9);

describe('topics matched together', () => {
  let opened: SqliteArchive;
  beforeEach(() => {
    opened = openSqliteArchive({ path: ':memory:' });
    opened.archive.save(
      [
        buildPaper({ id: '2606.00001', title: 'Mamba agents', listDay: '2026-06-09', upvotes: 30 }),
        buildPaper({ id: '2606.00002', title: 'An agent', listDay: '2026-06-09', upvotes: 40 }),
        buildPaper({ id: '2606.00003', title: 'Étude of agents', listDay: '2026-06-08', upvotes: 50 }),
        buildPaper({ id: '2606.00004', title: 'A survey', authors: ['Tri Dao'], listDay: '2026-06-01' }),
        buildPaper({ id: '2606.00005', title: 'Agents that nobody listed' }),
      ],
      SEEN_AT,
    );
  });
  afterEach(() => opened.close());

  async function idsOf(queries: readonly string[], range: ListDayRange) {
    const matches = await opened.matchTopics(queries, range);
    return Object.fromEntries([...matches].map(([query, papers]) => [query, papers.map(({ id }) => id)]));
  }

  it('have the papers of the range alone, newest list day first, then most upvoted', async () => {
    const queries = ['agents', 'etude', 'author:"tri dao"', '-mamba upvotes>=40', 'mamba OR survey', ''];

    expect(await idsOf(queries, { after: '2026-06-01', until: '2026-06-09' })).toEqual({
      agents: ['2606.00002', '2606.00001', '2606.00003'],
      etude: ['2606.00003'],
      'author:"tri dao"': [],
      '-mamba upvotes>=40': ['2606.00002', '2606.00003'],
      'mamba OR survey': ['2606.00001'],
      '': ['2606.00002', '2606.00001', '2606.00003'],
    });
  });

  it('leave out what cannot be read, and answer equal ones once', async () => {
    expect(await idsOf(['mamba', '(mamba', 'mamba'], {})).toEqual({ mamba: ['2606.00001'] });
  });

  it('are looked up in what each caller asks for, whoever asked before', async () => {
    const ranges = [{ after: '2026-06-08' }, {}, { after: '2026-06-08' }, { until: '2026-06-08' }];

    const answers = await Promise.all(ranges.map((range) => idsOf(['agents'], range)));

    expect(answers.map(({ agents }) => agents)).toEqual([
      ['2606.00002', '2606.00001'],
      ['2606.00002', '2606.00001', '2606.00003'],
      ['2606.00002', '2606.00001'],
      ['2606.00003'],
    ]);
  });

  it('see what was saved since, votes too', async () => {
    const queries = ['upvotes>=100', 'agents'];
    await idsOf(queries, {});

    opened.archive.save(
      [
        buildPaper({ id: '2606.00001', title: 'Mamba agents', listDay: '2026-06-09', upvotes: 100 }),
        buildPaper({ id: '2606.00005', title: 'Agents, listed at last', listDay: '2026-06-07' }),
      ],
      SEEN_AT,
    );

    expect(await idsOf(queries, {})).toEqual({
      'upvotes>=100': ['2606.00001'],
      agents: ['2606.00001', '2606.00002', '2606.00003', '2606.00005'],
    });
  });

  it('raise a storage error when the archive is closed', async () => {
    const other = openSqliteArchive({ path: ':memory:' });
    other.close();

    await expect(other.matchTopics(['agents'], {})).rejects.toThrow(StorageError);
  });
});

describe('an archive that more than one has open', () => {
  let folder: string;
  let opened: SqliteArchive;
  let database: DatabaseSync;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
    opened = openSqliteArchive({ path: path.join(folder, 'archive.sqlite') });
    opened.archive.save([buildPaper({ id: '2606.00001', listDay: '2026-06-09' })], SEEN_AT);
    database = new DatabaseSync(path.join(folder, 'archive.sqlite'));
  });
  afterEach(() => {
    database.close();
    opened.close();
    rmSync(folder, { recursive: true });
  });

  it('is matched with what another one wrote', async () => {
    const { matchTopics } = createSqliteTopicMatcher(database, () => 0);
    await matchTopics(['paper'], {});

    opened.archive.save([buildPaper({ id: '2606.00002', listDay: '2026-06-09' })], SEEN_AT);

    expect((await matchTopics(['paper'], {})).get('paper')).toHaveLength(2);
  });

  it('is matched in slices, between which everything else has its turn', async () => {
    let milliseconds = 0;
    const { matchTopics } = createSqliteTopicMatcher(database, () => (milliseconds += 1));
    const queries = Array.from({ length: 1_000 }, (_, index) => `paper OR word${index}`);
    const turns: number[] = [];
    const takeTurn = () => {
      turns.push(milliseconds);
      turn = setImmediate(takeTurn);
    };
    let turn = setImmediate(takeTurn);

    const matches = await matchTopics(queries, {});
    clearImmediate(turn);

    const gaps = turns.map((time, index) => time - (turns[index - 1] ?? 0));
    expect(matches.size).toBe(1_000);
    expect(turns.length).toBeGreaterThan(100);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(20);
  });
});

describe.skipIf(!HAS_RECORDED_PAPERS)('on recorded papers', { timeout: 120_000 }, () => {
  const range = { after: '2026-05-20', until: '2026-05-28' };
  let opened: SqliteArchive;
  let papers: readonly Paper[];
  beforeAll(() => {
    papers = readRecordedPapers('2026-05-15');
    opened = openSqliteArchive({ path: ':memory:' });
    opened.archive.save(papers, SEEN_AT);
  }, 60_000);
  afterAll(() => opened.close());

  it('every topic has what the whole archive finds for it', async () => {
    const texts = buildQueryArbitrary(buildRealTerms(papers)).map(printQuery);
    const queries = fc.sample(
      texts.filter(({ length }) => length <= QUERY_LENGTH),
      1_000,
    );

    const matches = await opened.matchTopics(queries, range);

    const found = queries.map((query) => [query, matches.get(query)?.map(({ id }) => id)]);
    const expected = queries.map((query) => [
      query,
      opened.search.match(parseQuery(query), range).map(({ id }) => id),
    ]);
    expect(found).toEqual(expected);
  });
});
