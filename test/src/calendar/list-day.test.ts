import { describe, expect, it } from 'vitest';
import {
  isWeekend,
  listDayAt,
  listDayEnd,
  listDayStart,
  parseListDay,
} from '../../../src/calendar/list-day.ts';
import { HOUR_MS } from '../../../src/calendar/zoned-time.ts';

const at = (text: string): number => Date.parse(text);

describe('the list day', () => {
  it.each([
    ['just before the rollover in summer', '2026-06-10T01:29:59Z', '2026-06-09'],
    ['at the rollover in summer', '2026-06-10T01:30:00Z', '2026-06-10'],
    ['just before the rollover in winter', '2026-12-10T02:29:59Z', '2026-12-09'],
    ['at the rollover in winter', '2026-12-10T02:30:00Z', '2026-12-10'],
    ['the evening before the clocks go forward', '2026-03-08T02:30:00Z', '2026-03-08'],
    ['the evening of that day', '2026-03-09T01:30:00Z', '2026-03-09'],
    ['the evening before they go back', '2026-11-01T01:30:00Z', '2026-11-01'],
    ['the evening of that day, an hour early', '2026-11-02T01:30:00Z', '2026-11-01'],
    ['the evening of that day', '2026-11-02T02:30:00Z', '2026-11-02'],
    ['New Year in UTC', '2027-01-01T00:00:00Z', '2026-12-31'],
  ])('%s', (_, instant, expected) => {
    expect(listDayAt(at(instant))).toBe(expected);
  });

  it.each([
    ['2026-06-09', '2026-06-09T01:30:00Z', 24],
    ['2026-12-09', '2026-12-09T02:30:00Z', 24],
    ['2026-03-08', '2026-03-08T02:30:00Z', 23],
    ['2026-11-01', '2026-11-01T01:30:00Z', 25],
  ])('%s begins at %s and has %i hours', (day, start, hours) => {
    expect(listDayStart(day)).toBe(at(start));
    expect((listDayEnd(day) - listDayStart(day)) / HOUR_MS).toBe(hours);
  });

  it.each([
    ['2026-06-12', false],
    ['2026-06-13', true],
    ['2026-06-14', true],
    ['2026-06-15', false],
  ])('%s is on a weekend: %s', (day, expected) => {
    expect(isWeekend(day)).toBe(expected);
  });
});

/** A Tuesday. */
const TODAY = '2026-06-09';

describe('a list day as people say it', () => {
  it.each([
    ['2026-01-31', '2026-01-31'],
    ['today', TODAY],
    [' Yesterday ', '2026-06-08'],
    ['tuesday', TODAY],
    ['Mon', '2026-06-08'],
    ['wed', '2026-06-03'],
    ['sunday', '2026-06-07'],
    ['tomorrow', undefined],
    ['2026-02-30', undefined],
    ['t', undefined],
    ['', undefined],
  ])('%s', (text, day) => {
    expect(parseListDay(text, TODAY)).toBe(day);
  });
});
