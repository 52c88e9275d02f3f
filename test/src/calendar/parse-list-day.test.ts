import { describe, expect, it } from 'vitest';
import { parseListDay } from '../../../src/calendar/parse-list-day.ts';

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
