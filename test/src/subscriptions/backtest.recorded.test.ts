import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ListDay } from '../../../src/calendar/list-day.ts';
import type { Paper } from '../../../src/papers/paper.ts';
import { openSqliteArchive, type SqliteArchive } from '../../../src/storage/archive/sqlite-paper-archive.ts';
import { runBacktest } from '../../../src/subscriptions/backtest.ts';
import { parseQuery } from '../../../src/topics/query/parse-query.ts';
import { HAS_RECORDED_PAPERS, readRecordedPapers } from '../../support/recorded-papers.ts';
import { createReferenceMatcher, findRisingVotes } from '../../support/reference-matcher.ts';

const LONG_AFTER = Date.UTC(2026, 11, 1);

describe.skipIf(!HAS_RECORDED_PAPERS)('the backtest over recorded days', { timeout: 120_000 }, () => {
  let folder: string;
  let opened: SqliteArchive;
  let all: readonly Paper[];
  let recent: readonly Paper[];
  let risingVotes: ReadonlyMap<ListDay, number>;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
    opened = openSqliteArchive({ path: path.join(folder, 'archive.sqlite') });
    const papers = readRecordedPapers();
    const days = [...new Set(papers.map(({ listDay }) => listDay ?? ''))].toSorted().slice(-40);
    const kept = papers.filter(({ listDay = '' }) => days.includes(listDay));
    opened.archive.save(kept, 0);
    risingVotes = findRisingVotes(kept);
    for (const day of risingVotes.keys()) opened.archive.recordCollectedDay(day, LONG_AFTER);
    all = kept;
    recent = kept.filter(({ listDay = '' }) => days.slice(-30).includes(listDay));
  }, 120_000);

  afterAll(async () => {
    await opened.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['', 0],
    ['', 25],
    ['agent', 0],
    ['diffusion -video', 0],
    ['"reinforcement learning" OR grpo', 10],
    ['quantiz* upvotes>=5', 0],
    ['title:benchmark code:yes', 0],
    ['org:nvidia', 0],
    ['top:3', 0],
    ['model rising:yes', 0],
    ['vision (language OR action) NOT survey', 3],
  ])('is right to the paper for “%s” with %i upvotes', async (query, minUpvotes) => {
    const matches = createReferenceMatcher({ formsOf: opened.search.formsOf, papers: all, risingVotes });
    const wish = { query: parseQuery(query), minUpvotes };

    const backtest = await runBacktest(wish, opened);

    const counted = recent.filter((paper) => paper.upvotes >= minUpvotes && matches(wish.query, paper));
    expect(counted.length).toBeGreaterThan(0);
    expect(backtest.papers.map(({ id }) => id).toSorted()).toEqual(counted.map(({ id }) => id).toSorted());
    const days = counted.map(({ listDay }) => listDay);
    const most = Math.max(...days.map((day) => days.filter((one) => one === day).length));
    expect(backtest.busiest?.papers).toBe(most);
    expect(backtest.listed).toBe(recent.length);
  });
});
