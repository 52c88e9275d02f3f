import { describe, expect, it } from 'vitest';
import { listDayAt } from '../../../src/calendar/list-day.ts';
import { DAY_MS } from '../../../src/calendar/zoned-time.ts';
import { chooseEntries, windowStart } from '../../../src/digest/choose.ts';
import type { ArchivedPaper } from '../../../src/papers/paper.ts';
import { latestSlot } from '../../../src/subscriptions/schedule.ts';
import { buildDestination, buildSubscription } from '../../support/build-destination.ts';
import { buildPaper } from '../../support/build-paper.ts';

/** Tuesday 9 June 2026, nine in Berlin: three at night in New York. */
const SLOT = Date.UTC(2026, 5, 9, 7);

function archived(id: string, about: Partial<ArchivedPaper> = {}): ArchivedPaper {
  return { ...buildPaper({ id }), firstSeenAt: 0, listDay: '2026-06-09', ...about };
}

function chooseFrom(papers: readonly ArchivedPaper[], about = {}) {
  return chooseEntries([{ subscription: buildSubscription(about), papers }], '2026-06-02');
}

function choose(...given: Parameters<typeof chooseFrom>): readonly string[] {
  return chooseFrom(...given).map(({ paper }) => paper.id);
}

describe('the window', () => {
  it.each([
    ['of a first digest', {}, '2026-05-10'],
    ['of a daily one', { coveredSlot: SLOT - DAY_MS }, '2026-06-01'],
    ['of a weekly one', { coveredSlot: SLOT - 7 * DAY_MS }, '2026-05-26'],
    ['after three weeks of trouble', { coveredSlot: SLOT - 21 * DAY_MS }, '2026-05-12'],
    ['after two months', { coveredSlot: SLOT - 60 * DAY_MS }, '2026-05-10'],
    ['after a slot in the future, by a wrong clock', { coveredSlot: SLOT + 30 * DAY_MS }, '2026-06-02'],
  ])('%s', (_, about, expected) => {
    expect(windowStart(buildDestination(about), SLOT)).toBe(expected);
  });

  it.each([
    ['Asia/Tokyo', '2026-06-08'],
    ['Europe/Berlin', '2026-06-09'],
    ['America/New_York', '2026-06-09'],
    ['Pacific/Honolulu', '2026-06-09'],
  ])('nine in the morning in %s falls into list day %s', (zone, expected) => {
    const schedule = { at: 540, zone, days: [2] as const };
    const slot = latestSlot(schedule, Date.UTC(2026, 5, 9, 23));

    expect(slot === undefined ? undefined : listDayAt(slot)).toBe(expected);
  });
});

describe('the papers of a digest', () => {
  it.each<[string, Partial<ArchivedPaper>, boolean]>([
    ['listed on the last day of the window', { listDay: '2026-06-02' }, false],
    ['listed on the first day of the window', { listDay: '2026-06-03' }, true],
    ['one upvote short', { upvotes: 4 }, false],
    ['just enough upvotes', { upvotes: 5 }, true],
  ])('%s', (_, about, isChosen) => {
    const subscription = { startDay: '2026-05-01', minUpvotes: 5 };

    expect(choose([archived('a', { upvotes: 5, ...about })], subscription)).toEqual(isChosen ? ['a'] : []);
  });

  it('never were listed before the topic was followed', () => {
    const papers = [archived('a', { listDay: '2026-06-07' }), archived('b', { listDay: '2026-06-08' })];

    expect(choose(papers, { startDay: '2026-06-08' })).toEqual(['b']);
  });

  it('leave out what was never listed', () => {
    const { listDay: _none, ...unlisted } = archived('c');

    expect(choose([archived('b'), unlisted])).toEqual(['b']);
  });

  it('count from the newest day they were listed on: after the topic was followed, though first seen before', () => {
    const relisted = archived('a', { firstSeenAt: SLOT - 60 * DAY_MS, listDay: '2026-06-09' });

    expect(choose([relisted], { startDay: '2026-06-08' })).toEqual(['a']);
  });

  it('are the very papers that matched, by which what shows them is remembered', () => {
    const paper = archived('2606.00001');

    const [entry] = chooseFrom([paper]);

    expect(entry?.paper).toBe(paper);
  });

  it('come newest list day first, then most upvoted, then by id', () => {
    const papers = [
      archived('old', { listDay: '2026-06-08', upvotes: 99 }),
      archived('b', { upvotes: 1 }),
      archived('a', { upvotes: 1 }),
      archived('best', { upvotes: 7 }),
    ];

    expect(choose(papers)).toEqual(['best', 'a', 'b', 'old']);
  });

  it('name each topic that matched, but not the one of every paper', () => {
    const topics = [
      { name: 'Every paper', query: '' },
      { name: 'Mamba', query: 'mamba' },
      { name: 'Agents', query: 'agents' },
    ];
    const matches = topics.map((topic) => ({
      subscription: buildSubscription({ topic }),
      papers: [archived('a')],
    }));

    const entries = chooseEntries(matches, '2026-06-02');

    expect(entries.map((entry) => entry.topics)).toEqual([['Mamba', 'Agents']]);
  });

  it('come by the topic that asks for fewer upvotes', () => {
    const matches = [20, 3].map((minUpvotes) => ({
      subscription: buildSubscription({
        minUpvotes,
        topic: { name: `${minUpvotes}`, query: `${minUpvotes}` },
      }),
      papers: [archived('a', { upvotes: 5 })],
    }));

    const entries = chooseEntries(matches, '2026-06-02');

    expect(entries.map((entry) => entry.topics)).toEqual([['3']]);
  });
});
