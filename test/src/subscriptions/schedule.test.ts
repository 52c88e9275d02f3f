import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import type { Schedule } from '../../../src/subscriptions/destination.ts';
import { latestSlot, nextSlot, nextSlots } from '../../../src/subscriptions/schedule.ts';

const DAILY: Schedule = { at: 540, zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5, 6, 7] };
const at = (text: string): number => Date.parse(text);
const print = (instant: number | undefined): string | undefined =>
  instant === undefined ? undefined : new Date(instant).toISOString().slice(0, 16);

describe('slots', () => {
  it.each<[string, Partial<Schedule>, string, string, string]>([
    ['daily, before it', {}, '2026-06-09T06:59:59Z', '2026-06-08T07:00', '2026-06-09T07:00'],
    ['daily, at it', {}, '2026-06-09T07:00:00Z', '2026-06-09T07:00', '2026-06-10T07:00'],
    [
      'weekdays, on a Sunday',
      { days: [1, 2, 3, 4, 5] },
      '2026-06-14T12:00:00Z',
      '2026-06-12T07:00',
      '2026-06-15T07:00',
    ],
    ['weekly, the day before', { days: [2] }, '2026-06-08T12:00:00Z', '2026-06-02T07:00', '2026-06-09T07:00'],
    ['weekly, that morning', { days: [2] }, '2026-06-09T06:00:00Z', '2026-06-02T07:00', '2026-06-09T07:00'],
    [
      'in a zone that is a day ahead',
      { zone: 'Pacific/Kiritimati' },
      '2026-06-08T20:00:00Z',
      '2026-06-08T19:00',
      '2026-06-09T19:00',
    ],
    [
      'in a zone that is behind',
      { zone: 'Pacific/Honolulu' },
      '2026-06-09T05:00:00Z',
      '2026-06-08T19:00',
      '2026-06-09T19:00',
    ],
    [
      'half an hour off',
      { zone: 'Asia/Kolkata' },
      '2026-06-09T03:29:00Z',
      '2026-06-08T03:30',
      '2026-06-09T03:30',
    ],
    ['at a skipped time', { at: 150 }, '2026-03-29T00:30:00Z', '2026-03-28T01:30', '2026-03-29T01:00'],
    ['after a skipped time', { at: 150 }, '2026-03-29T01:00:00Z', '2026-03-29T01:00', '2026-03-30T00:30'],
    [
      'between the two of a doubled time',
      { at: 150 },
      '2026-10-25T00:45:00Z',
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ],
    [
      'after the second of a doubled time',
      { at: 150 },
      '2026-10-25T01:31:00Z',
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ],
    [
      'weekly, on the skipped day',
      { zone: 'Pacific/Apia', days: [5] },
      '2011-12-30T09:00:00Z',
      '2011-12-23T19:00',
      '2011-12-30T10:00',
    ],
  ])('%s', (_, ...[change, now, latest, next]) => {
    const schedule = { ...DAILY, ...change };

    expect(print(latestSlot(schedule, at(now)))).toBe(latest);
    expect(print(nextSlot(schedule, at(now)))).toBe(next);
  });

  it('are none for what comes instantly', () => {
    const instantly: Schedule = { ...DAILY, at: 'instantly' };

    expect(latestSlot(instantly, 0)).toBeUndefined();
    expect(nextSlot(instantly, 0)).toBeUndefined();
    expect(nextSlots(instantly, 0, 3)).toEqual([]);
  });

  it('follow one another in order', () => {
    const slots = nextSlots({ ...DAILY, days: [1, 5] }, at('2026-06-09T12:00:00Z'), 3);

    expect(slots.map(print)).toEqual(['2026-06-12T07:00', '2026-06-15T07:00', '2026-06-19T07:00']);
  });

  it.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo', 'Asia/Kathmandu'])(
    'come once a day for a whole year in %s, whatever the clocks do',
    (zone) => {
      for (const minute of [0, 90, 120, 150, 540]) {
        const slots = nextSlots({ ...DAILY, zone, at: minute }, at('2026-01-01T12:00:00Z'), 365);
        const gaps = slots.slice(1).map((slot, index) => (slot - (slots[index] ?? 0)) / HOUR_MS);

        expect(Math.min(...gaps)).toBeGreaterThanOrEqual(23);
        expect(Math.max(...gaps)).toBeLessThanOrEqual(25);
        expect(
          slots.every((slot) => latestSlot({ ...DAILY, zone, at: minute }, slot + MINUTE_MS) === slot),
        ).toBe(true);
        expect((slots.at(-1) ?? 0) - (slots[0] ?? 0)).toBe(364 * DAY_MS);
      }
    },
  );
});

it('answers the same whatever was asked before', () => {
  const start = Date.UTC(2026, 2, 25);
  const slots = nextSlots(DAILY, start - 2 * DAY_MS, 12);
  const asked = Array.from({ length: 24 * 7 }, (_, hour) => start + hour * HOUR_MS + 30 * MINUTE_MS);

  const forwards = asked.map((now) => latestSlot(DAILY, now));
  const backwards = asked.toReversed().map((now) => latestSlot(DAILY, now));

  const expected = asked.map((now) => slots.findLast((slot) => slot <= now));
  expect(forwards).toEqual(expected);
  expect(backwards.toReversed()).toEqual(expected);
});
