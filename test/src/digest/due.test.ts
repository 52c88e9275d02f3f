import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { findDueSlot } from '../../../src/digest/due.ts';
import { changeSchedule } from '../../../src/subscriptions/change-schedule.ts';
import type { Destination, Schedule } from '../../../src/subscriptions/destination.ts';
import { pauseDestination, resumeDestination } from '../../../src/subscriptions/pause.ts';
import { nextSlot } from '../../../src/subscriptions/schedule.ts';
import { buildDestination } from '../../support/build-destination.ts';

const EVERY_DAY: Schedule['days'] = [1, 2, 3, 4, 5, 6, 7];
/** Tuesday 9 June 2026 in Berlin. */
const NINE = Date.UTC(2026, 5, 9, 7);
const NOON = Date.UTC(2026, 5, 9, 10);

function due(destination: Destination, now: Instant): Instant | undefined {
  return findDueSlot({ destination, hasOpenDelivery: false, now });
}

function subscribedAt(since: Instant, about: Partial<Destination> = {}): Destination {
  return buildDestination({ scheduledSince: since, ...about });
}

describe('the due slot', () => {
  it.each([
    ['a minute before nine', NINE - MINUTE_MS, undefined],
    ['at nine', NINE, NINE],
    ['a minute after nine', NINE + MINUTE_MS, NINE],
    ['a minute before the next', NINE + DAY_MS - MINUTE_MS, NINE],
    ['at the next', NINE + DAY_MS, NINE + DAY_MS],
  ])('%s', (_, now, expected) => {
    expect(due(subscribedAt(NINE - HOUR_MS), now)).toBe(expected);
  });

  it.each([
    ['subscribed at noon, that afternoon', subscribedAt(NOON), NOON + 8 * HOUR_MS, undefined],
    ['subscribed at noon, the next morning', subscribedAt(NOON), NINE + DAY_MS, NINE + DAY_MS],
    ['subscribed at nine sharp', subscribedAt(NINE), NINE + MINUTE_MS, undefined],
    ['decided before', subscribedAt(0, { decidedSlot: NINE }), NINE + HOUR_MS, undefined],
    ['decided yesterday', subscribedAt(0, { decidedSlot: NINE - DAY_MS }), NINE, NINE],
    ['paused', subscribedAt(0, { pausedAt: NINE - DAY_MS }), NINE, undefined],
    ['refused', subscribedAt(0, { trouble: troubleOf('refused') }), NINE, undefined],
    ['blocked', subscribedAt(0, { trouble: troubleOf('blocked') }), NINE, NINE],
    ['gone', subscribedAt(0, { trouble: troubleOf('gone') }), NINE, undefined],
    ['instantly', subscribedAt(0, { schedule: scheduleOf('instantly') }), NINE, undefined],
  ])('%s', (_, destination, now, expected) => {
    expect(due(destination, now)).toBe(expected);
  });

  it('waits for an open delivery', () => {
    const destination = subscribedAt(0);

    expect(findDueSlot({ destination, hasOpenDelivery: true, now: NINE })).toBeUndefined();
  });

  it.each([
    ['one slot', NINE - HOUR_MS, NINE + 2 * HOUR_MS, NINE],
    ['several days: the newest only', NINE - 5 * DAY_MS, NINE + 2 * HOUR_MS, NINE],
  ])('after downtime over %s', (_, decidedSlot, now, expected) => {
    expect(due(subscribedAt(0, { decidedSlot }), now)).toBe(expected);
  });

  it.each([
    ['a day later', DAY_MS, NINE],
    ['more than a day later', DAY_MS + MINUTE_MS, undefined],
  ])('of a weekly digest %s', (_, late, expected) => {
    const weekly = subscribedAt(0, { schedule: { ...scheduleOf(540), days: [2] } });

    expect(due(weekly, NINE + late)).toBe(expected);
  });
});

describe('after a change at noon', () => {
  const before = subscribedAt(0, { decidedSlot: NINE });

  it.each([
    ['to earlier today', { at: 8 * 60 }, NINE + 23 * HOUR_MS],
    ['to earlier today, but after the last slot', { at: 11 * 60 }, NINE + 26 * HOUR_MS],
    ['to later today', { at: 13 * 60 }, NINE + 4 * HOUR_MS],
    ['to noon itself', { at: 12 * 60 }, NINE + 27 * HOUR_MS],
    ['to a zone where nine is past', { zone: 'Asia/Tokyo' }, Date.UTC(2026, 5, 10, 0)],
    ['to a zone where nine is to come', { zone: 'America/New_York' }, Date.UTC(2026, 5, 9, 13)],
    ['to other days', { days: [5] as const }, NINE + 3 * DAY_MS],
  ])('%s: the first that comes is the one that the reply names', (_, change, expected) => {
    const changed = changeSchedule(before, change, NOON);

    expect(nextSlot(changed.schedule, NOON)).toBe(expected);
    expect(firstDue(changed, NOON)).toBe(expected);
  });

  it('of the time before a slot that waits: that slot is not sent any more', () => {
    const waiting = subscribedAt(0, { decidedSlot: NINE - DAY_MS });

    const changed = changeSchedule(waiting, { at: 8 * 60 + 30 }, NINE + HOUR_MS);

    expect(due(changed, NINE + HOUR_MS + MINUTE_MS)).toBeUndefined();
  });

  it.each([
    ['the same day', HOUR_MS, NINE + DAY_MS],
    ['over two slots', 2 * DAY_MS, NINE + 3 * DAY_MS],
  ])('paused for %s, it goes on from the next slot', (_, length, expected) => {
    const paused = pauseDestination(before, NOON);
    const resumed = resumeDestination(paused, NOON + length);

    expect(due(paused, NOON + length)).toBeUndefined();
    expect(firstDue(resumed, NOON + length)).toBe(expected);
  });
});

function firstDue(destination: Destination, from: Instant): Instant | undefined {
  for (let now = from; now < from + 8 * DAY_MS; now += 30 * MINUTE_MS) {
    const slot = due(destination, now);
    if (slot !== undefined) return slot;
  }
  return undefined;
}

function scheduleOf(at: Schedule['at']): Schedule {
  return { at, zone: 'Europe/Berlin', days: EVERY_DAY };
}

function troubleOf(kind: NonNullable<Destination['trouble']>['kind']) {
  return { kind, code: 1, since: 0, attemptedAt: 0 };
}
