import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { findDueSlot } from '../../../src/digest/due.ts';
import {
  changeSchedule,
  pauseDestination,
  resumeDestination,
} from '../../../src/subscriptions/change-schedule.ts';
import type { Destination, Schedule } from '../../../src/subscriptions/destination.ts';
import { firstSlot, nextSlot } from '../../../src/subscriptions/schedule.ts';
import { buildDestination } from '../../support/build-destination.ts';

const EVERY_DAY: Schedule['days'] = [1, 2, 3, 4, 5, 6, 7];
/** Tuesday 9 June 2026 in Berlin. */
const NINE = Date.UTC(2026, 5, 9, 7);
const NOON = Date.UTC(2026, 5, 9, 10);

function due(
  destination: Destination,
  now: Instant,
  lastCollection: Instant | undefined = now,
): Instant | undefined {
  const found = findDueSlot(destination, { now, lastCollection });
  return found.kind === 'due' ? found.slot : undefined;
}

/** Followed, resumed or changed then. */
function goingSince(since: Instant, about: Partial<Destination> = {}): Destination {
  const made = buildDestination(about);
  return { ...made, nextSlot: firstSlot(made.schedule, since) };
}

describe('the due slot', () => {
  it.each([
    ['a minute before nine', NINE - MINUTE_MS, undefined],
    ['at nine', NINE, NINE],
    ['a minute after nine', NINE + MINUTE_MS, NINE],
    ['a minute before the next', NINE + DAY_MS - MINUTE_MS, NINE],
    ['at the next', NINE + DAY_MS, NINE + DAY_MS],
  ])('%s', (_, now, expected) => {
    expect(due(goingSince(NINE - HOUR_MS), now)).toBe(expected);
  });

  it.each([
    ['subscribed at noon, that afternoon', goingSince(NOON), NOON + 8 * HOUR_MS, undefined],
    ['subscribed at noon, the next morning', goingSince(NOON), NINE + DAY_MS, NINE + DAY_MS],
    ['subscribed at nine sharp', goingSince(NINE), NINE + MINUTE_MS, undefined],
    ['decided before', goingSince(NINE), NINE + HOUR_MS, undefined],
    ['decided yesterday', goingSince(NINE - DAY_MS), NINE, NINE],
    ['paused', goingSince(0, { pausedAt: NINE - DAY_MS }), NINE, undefined],
    ['blocked', goingSince(0, { trouble: troubleOf('blocked') }), NINE, NINE],
    ['gone', goingSince(0, { trouble: troubleOf('gone') }), NINE, undefined],
  ])('%s', (_, destination, now, expected) => {
    expect(due(destination, now)).toBe(expected);
  });

  it.each([
    ['tried yesterday at this time', { triedAt: NINE - DAY_MS }, NINE],
    ['tried six hours ago', { triedAt: NINE - 6 * HOUR_MS }, undefined],
    ['tried in the future, by a wrong clock', { triedAt: NINE + DAY_MS }, NINE],
    ['for 29 days', { triedAt: NINE - DAY_MS, since: NINE - 29 * DAY_MS }, NINE],
    ['for 30 days', { triedAt: NINE - DAY_MS, since: NINE - 30 * DAY_MS }, undefined],
  ])('of somebody whose direct messages are closed, %s', (_, about, expected) => {
    const trouble = { ...troubleOf('dms-closed'), since: NINE - 2 * DAY_MS, ...about };

    expect(due(goingSince(0, { trouble }), NINE)).toBe(expected);
  });

  it.each([
    ['one slot', NINE - HOUR_MS, NINE + 2 * HOUR_MS, NINE],
    ['several days: the newest only', NINE - 5 * DAY_MS, NINE + 2 * HOUR_MS, NINE],
  ])('after downtime over %s', (_, since, now, expected) => {
    expect(due(goingSince(since), now)).toBe(expected);
  });

  it.each([
    ['almost a day later', DAY_MS - MINUTE_MS, 'due'],
    ['a day later', DAY_MS, 'missed'],
  ])('of a weekly digest %s', (_, late, expected) => {
    const weekly = goingSince(0, { schedule: { ...scheduleOf(540), days: [2] } });
    const now = NINE + late;

    expect(findDueSlot(weekly, { now, lastCollection: now }).kind).toBe(expected);
  });
});

describe('the slot of what comes instantly', () => {
  const instantly = (since: Instant, about: Partial<Destination> = {}) =>
    goingSince(since, { schedule: scheduleOf('instantly'), ...about });

  it.each<[string, Instant | undefined, Instant | undefined]>([
    ['before any', undefined, undefined],
    ['of before the switch', NINE - MINUTE_MS, undefined],
    ['in the minute of the switch', NINE + 30_000, undefined],
    ['in the minute after it', NINE + MINUTE_MS + 30_000, NINE + MINUTE_MS],
  ])('is the minute of a collection: %s', (_, lastCollection, expected) => {
    expect(findDueSlot(instantly(NINE), { now: NINE + 5 * MINUTE_MS, lastCollection })).toEqual(
      expected === undefined ? { kind: 'not-due' } : { kind: 'due', slot: expected },
    );
  });

  it('is none on a day that was not chosen', () => {
    const onFridays = instantly(0, { schedule: { ...scheduleOf('instantly'), days: [5] } });

    expect(due(onFridays, NINE)).toBeUndefined();
    expect(due(onFridays, NINE + 3 * DAY_MS)).toBe(NINE + 3 * DAY_MS);
  });

  it.each([
    ['half an hour ago', 30 * MINUTE_MS, undefined],
    ['an hour ago', HOUR_MS, NINE],
  ])('comes once an hour where the place is blocked: tried %s', (_, ago, expected) => {
    const trouble = { ...troubleOf('blocked'), triedAt: NINE - ago };

    expect(due(instantly(0, { trouble }), NINE)).toBe(expected);
  });
});

describe('after a change at noon', () => {
  const before = goingSince(NINE);

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
    const waiting = goingSince(NINE - DAY_MS);

    const changed = changeSchedule(waiting, { at: 8 * 60 + 30 }, NINE + HOUR_MS);

    expect(due(changed, NINE + HOUR_MS + MINUTE_MS)).toBeUndefined();
  });

  it.each([
    ['the same day', HOUR_MS, NINE + DAY_MS],
    ['over two slots', 2 * DAY_MS, NINE + 3 * DAY_MS],
  ])('paused for %s, it goes on from the next slot', (_, length, expected) => {
    const { destination: paused = before } = pauseDestination(before, NOON);
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
  return { kind, code: 1, since: 0, triedAt: 0 };
}
