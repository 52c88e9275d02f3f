import { describe, expect, it } from 'vitest';
import {
  compareEnds,
  findGrowing,
  findTrends,
  keepMostChanged,
  lastMonths,
  lastWeeks,
} from '../../../src/topics/trends.ts';
import { buildPaper } from '../../support/build-paper.ts';
import { openTestArchive } from '../../support/open-archive.ts';

const AGENTS = { name: 'Agents', query: 'agents' };

describe('the periods of a trend', () => {
  it('are weeks of seven list days up to a day', () => {
    expect(lastWeeks('2026-06-08', 2)).toEqual([
      { after: '2026-05-25', until: '2026-06-01' },
      { after: '2026-06-01', until: '2026-06-08' },
    ]);
  });

  it.each([
    ['2026-03-30', '2026-02-28'],
    ['2026-03-31', '2026-03-31'],
    ['2024-03-01', '2024-02-29'],
  ])('are months that are over by %s: the last ends with %s', (until, end) => {
    expect(lastMonths(until, 3).at(-1)?.until).toBe(end);
    expect(lastMonths(until, 14)).toHaveLength(14);
  });
});

describe('a trend', { timeout: 60_000 }, () => {
  it('counts the papers of a topic and all papers, from the first papers of the archive on, with its gaps', async () => {
    const listed = (day: string, at: number, title: string) =>
      buildPaper({ id: `2606.0000${at}`, listDay: day, title });
    const { search, close } = openTestArchive([
      listed('2026-05-20', 1, 'Agents that plan'),
      listed('2026-05-20', 2, 'Vision'),
      listed('2026-06-03', 3, 'Agents that act'),
      listed('2026-06-09', 4, 'Today: agents'),
    ]);

    const trends = await findTrends(
      { topics: [AGENTS], unit: 'week', periods: lastWeeks('2026-06-08', 10) },
      search.countByDay,
    );

    expect(trends).toEqual({
      unit: 'week',
      ends: ['2026-05-25', '2026-06-01', '2026-06-08'],
      totals: [2, 0, 1],
      topics: [{ name: 'Agents', papers: [1, 0, 1] }],
    });
    await close();
  });

  it('compares as many periods at either end, and leaves gaps out', () => {
    const trends = { unit: 'week', totals: [10, 0, 10, 20, 20] } as const;

    expect(compareEnds(trends, { name: '', papers: [1, 0, 1, 4, 6] })).toEqual({
      before: { papers: 2, periods: 2, share: 0.1 },
      now: { papers: 10, periods: 2, share: 0.25 },
    });
    expect(compareEnds({ unit: 'week', totals: [0, 10] }, { name: '', papers: [0, 1] })).toBeUndefined();
  });
});

describe('topics that change', () => {
  const totals = [100, 100, 100, 100];
  const trends = {
    unit: 'week',
    ends: [],
    totals,
    topics: [
      { name: 'steady', papers: [10, 10, 10, 12] },
      { name: 'grown', papers: [10, 10, 10, 20] },
      { name: 'new', papers: [0, 0, 0, 9] },
      { name: 'too few', papers: [0, 0, 0, 4] },
      { name: 'fallen', papers: [60, 60, 5, 5] },
    ],
  } as const;

  it('grow where the last period has more papers than chance explains, the most surprising first', () => {
    expect(findGrowing(trends)).toEqual([
      { name: 'new', now: 0.09, before: 0 },
      { name: 'grown', now: 0.2, before: 0.1 },
    ]);
  });

  it('do not grow from nothing known, nor in a gap', () => {
    const topics = [{ name: 'new', papers: [0, 0, 0, 9] }];

    expect(findGrowing({ ...trends, totals: [0, 0, 0, 100], topics })).toEqual([]);
    expect(findGrowing({ ...trends, totals: [100, 100, 100, 0], topics })).toEqual([]);
  });

  it('are drawn by how much they changed, up or down', () => {
    expect(keepMostChanged(trends, 2).topics.map(({ name }) => name)).toEqual(['fallen', 'grown']);
  });
});
