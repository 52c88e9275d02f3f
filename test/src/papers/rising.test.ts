import { describe, expect, it } from 'vitest';
import { listDayStart } from '../../../src/calendar/list-day.ts';
import { HOUR_MS } from '../../../src/calendar/zoned-time.ts';
import { ageOfDay, risingFrom, topTenthFrom } from '../../../src/papers/rising.ts';

const DAY = '2026-06-09';

describe('the age of a list day', () => {
  it.each([
    [-5, 0],
    [0.9, 0],
    [1, 1],
    [23.9, 23],
    [24, 24],
    [47.9, 24],
    [50, 48],
    [167, 144],
    [168, 168],
    [9_999, 168],
  ])('%f hours after it began is %i', (hours, age) => {
    expect(ageOfDay(DAY, listDayStart(DAY) + hours * HOUR_MS)).toBe(age);
  });
});

describe('the top tenth of a day', () => {
  it.each([
    [[], undefined],
    [[3], 3],
    [[1, 9, 5], 9],
    [Array.from({ length: 10 }, (_, votes) => votes), 9],
    [Array.from({ length: 20 }, (_, votes) => votes), 18],
    [Array.from({ length: 21 }, (_, votes) => votes), 18],
  ])('of %j begins with %s votes', (votes, from) => {
    expect(topTenthFrom(votes)).toBe(from);
  });
});

describe('a paper rises', () => {
  it.each([
    ['from its own day’s top tenth, while no other day is known', 40, [40], 40],
    ['not before the top tenth of two days of three', 12, [10, 30, 20, 12, 50, 40], 30],
    ['not before the top tenth of a lively day', 60, [10, 30, 60], 60],
    ['not with fewer than ten votes', 4, [2, 3, 4], 10],
  ])('%s', (_, own, usual, from) => {
    expect(risingFrom(own, usual)).toBe(from);
  });
});
