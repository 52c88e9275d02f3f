import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../src/calendar/zoned-time.ts';
import type { PaperRecord } from '../../../src/delivery/delivery.ts';
import { whyPaper } from '../../../src/digest/explain-paper.ts';
import type { ArchivedPaper } from '../../../src/papers/paper.ts';
import type { Destination } from '../../../src/subscriptions/destination.ts';
import { buildDestination, buildSubscription } from '../../support/build-destination.ts';
import { buildPaper } from '../../support/build-paper.ts';

/** Tuesday 9 June 2026, nine in Berlin. */
const SLOT = Date.UTC(2026, 5, 9, 7);
const NOW = SLOT - HOUR_MS;
const PAPER: ArchivedPaper = {
  ...buildPaper({ id: 'a', upvotes: 3 }),
  listDay: '2026-06-08',
  firstSeenAt: SLOT - DAY_MS,
};
const INSTANTLY = { at: 'instantly', zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5, 6, 7] } as const;
const GONE = { kind: 'gone', code: 10003, since: 0, triedAt: 0 } as const;

const CLOSED = { kind: 'dms-closed', code: 50007, since: NOW - 30 * DAY_MS, triedAt: NOW - DAY_MS } as const;

type Question = Parameters<typeof whyPaper>[0];

function ask(about: Partial<Question> = {}, destination: Partial<Destination> = {}) {
  return whyPaper({
    destination: buildDestination({ coveredSlot: SLOT - DAY_MS, ...destination }),
    paper: PAPER,
    matches: [{ subscription: buildSubscription(), matches: true }],
    record: undefined,
    now: NOW,
    ...about,
  }).status;
}

const subscribed = (about: object, matches = true) => ({
  subscription: buildSubscription(about),
  matches,
});

function recorded(kind: PaperRecord['kind']): PaperRecord {
  return { paperId: 'a', kind, at: 7 };
}

describe('why a paper came, or did not', () => {
  it.each<[string, Partial<Question>, object]>([
    ['it was sent', { record: recorded('sent') }, { kind: 'sent', at: 7 }],
    ['it was hidden', { record: recorded('hidden') }, { kind: 'hidden', at: 7 }],
    [
      'Discord does not take it',
      { record: { ...recorded('refused'), code: 240_000 } },
      { kind: 'refused', at: 7, code: 240_000 },
    ],
    ['the archive has it not', { paper: undefined }, { kind: 'not-listed' }],
    [
      'it was never listed',
      { paper: { ...buildPaper({ id: 'a' }), firstSeenAt: 0 } },
      { kind: 'not-listed' },
    ],
    ['it comes', {}, { kind: 'comes', slot: SLOT }],
    ['no topic matches', { matches: [subscribed({}, false)] }, { kind: 'no-match' }],
    ['nothing is followed', { matches: [] }, { kind: 'no-match' }],
    [
      'it has too few upvotes for the nearest topic',
      { matches: [subscribed({ minUpvotes: 20 }), subscribed({ minUpvotes: 5 })] },
      { kind: 'too-few-upvotes', needs: 5, has: 3 },
    ],
    [
      'it was listed before the topic was followed',
      { matches: [subscribed({ startDay: '2026-06-09' })] },
      { kind: 'before-start' },
    ],
    ['it is too old', { paper: { ...PAPER, listDay: '2026-06-01' } }, { kind: 'outside-window' }],
    [
      'one topic would send it, another not',
      { matches: [subscribed({ minUpvotes: 20 }), subscribed({})] },
      { kind: 'comes', slot: SLOT },
    ],
  ])('%s', (_, about, expected) => {
    expect(ask(about)).toEqual(expected);
  });

  it.each<[string, Partial<Destination>, object]>([
    ['paused: no slot', { pausedAt: NOW }, { kind: 'comes' }],
    ['gone: no slot', { trouble: GONE }, { kind: 'comes' }],
    ['instantly: no slot', { schedule: INSTANTLY }, { kind: 'comes' }],
    ['served after the slot', { nextSlot: SLOT + DAY_MS }, { kind: 'comes', slot: SLOT + DAY_MS }],
    ['long silent by DM: no slot', { trouble: CLOSED }, { kind: 'comes' }],
  ])('a destination that is %s', (_, destination, expected) => {
    expect(ask({}, destination)).toEqual(expected);
  });

  it('tells how each topic sees it', () => {
    const matches = [subscribed({ minUpvotes: 20 }), subscribed({}), subscribed({}, false)];

    const { verdicts } = whyPaper({
      destination: buildDestination(),
      paper: PAPER,
      matches,
      record: undefined,
      now: NOW,
    });

    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['too-few-upvotes', 'comes', 'no-match']);
  });
});
