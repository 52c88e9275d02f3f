import { describe, expect, it } from 'vitest';
import { isDay } from '../../../src/calendar/is-day.ts';
import {
  addDays,
  instantOfLocalTime,
  localTimeAt,
  parseZone,
  weekdayOf,
} from '../../../src/calendar/zoned-time.ts';

describe('the instant of a local time', () => {
  it.each([
    ['summer in Berlin', '2026-06-09', 9 * 60, 'Europe/Berlin', '2026-06-09T07:00:00Z'],
    ['winter in Berlin', '2026-01-09', 9 * 60, 'Europe/Berlin', '2026-01-09T08:00:00Z'],
    ['half an hour off', '2026-06-09', 9 * 60, 'Asia/Kolkata', '2026-06-09T03:30:00Z'],
    ['three quarters off', '2026-06-09', 9 * 60, 'Asia/Kathmandu', '2026-06-09T03:15:00Z'],
    ['far west', '2026-06-09', 9 * 60, 'Pacific/Honolulu', '2026-06-09T19:00:00Z'],
    ['far east', '2026-06-09', 9 * 60, 'Pacific/Kiritimati', '2026-06-08T19:00:00Z'],
    ['before a skipped hour', '2026-03-29', 119, 'Europe/Berlin', '2026-03-29T00:59:00Z'],
    ['the start of a skipped hour', '2026-03-29', 120, 'Europe/Berlin', '2026-03-29T01:00:00Z'],
    ['within a skipped hour', '2026-03-29', 150, 'Europe/Berlin', '2026-03-29T01:00:00Z'],
    ['after a skipped hour', '2026-03-29', 180, 'Europe/Berlin', '2026-03-29T01:00:00Z'],
    ['within a skipped hour in New York', '2026-03-08', 150, 'America/New_York', '2026-03-08T07:00:00Z'],
    ['within a doubled hour', '2026-10-25', 150, 'Europe/Berlin', '2026-10-25T00:30:00Z'],
    ['within a doubled hour in New York', '2026-11-01', 90, 'America/New_York', '2026-11-01T05:30:00Z'],
    ['within a skipped half hour', '2026-10-04', 135, 'Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
    ['within a doubled half hour', '2026-04-05', 105, 'Australia/Lord_Howe', '2026-04-04T14:45:00Z'],
    ['on a day that was skipped', '2011-12-30', 540, 'Pacific/Apia', '2011-12-30T10:00:00Z'],
    ['at a midnight that is skipped', '2026-04-24', 0, 'Africa/Cairo', '2026-04-23T22:00:00Z'],
  ])('%s', (_, ...[day, minute, zone, expected]) => {
    expect(new Date(instantOfLocalTime(day, minute, zone)).toISOString().replace('.000', '')).toBe(expected);
  });
});

describe('the local time of an instant', () => {
  it.each([
    ['2026-06-09T07:00:59Z', 'Europe/Berlin', '2026-06-09', 540],
    ['2026-06-09T20:00:00Z', 'Asia/Kolkata', '2026-06-10', 90],
    ['2026-06-09T05:00:00Z', 'Pacific/Honolulu', '2026-06-08', 19 * 60],
    ['2026-10-25T01:30:00Z', 'Europe/Berlin', '2026-10-25', 150],
  ])('%s in %s', (instant, zone, day, minute) => {
    expect(localTimeAt(Date.parse(instant), zone)).toEqual({ day, minute });
  });
});

describe('days', () => {
  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-01-01', -1, '2025-12-31'],
  ])('%s and %i days', (day, days, expected) => {
    expect(addDays(day, days)).toBe(expected);
  });

  it.each([
    ['2026-06-08', 1],
    ['2026-06-14', 7],
  ])('%s is weekday %i', (day, expected) => {
    expect(weekdayOf(day)).toBe(expected);
  });

  it.each([
    ['2026-06-09', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['2026-6-9', false],
    ['today', false],
  ])('%s is a day: %s', (text, expected) => {
    expect(isDay(text)).toBe(expected);
  });
});

describe('zones', () => {
  it.each([
    ['europe/berlin', 'Europe/Berlin'],
    [' Asia/Tokyo ', 'Asia/Tokyo'],
    ['UTC', 'UTC'],
    ['+02:00', undefined],
    ['Nowhere/Else', undefined],
    ['', undefined],
  ])('reads "%s"', (text, expected) => {
    expect(parseZone(text)).toBe(expected);
  });
});
