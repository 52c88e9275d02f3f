import { describe, expect, it } from 'vitest';
import { parseDays } from '../../../src/subscriptions/parse-schedule.ts';

describe('parseDays', () => {
  it.each([
    ['daily', [1, 2, 3, 4, 5, 6, 7]],
    ['every day', [1, 2, 3, 4, 5, 6, 7]],
    ['Weekdays', [1, 2, 3, 4, 5]],
    ['weekend', [6, 7]],
    ['weekday', [1, 2, 3, 4, 5]],
    ['Monday to Friday', [1, 2, 3, 4, 5]],
    ['tue through thu, sat', [2, 3, 4, 6]],
    ['mon', [1]],
    ['thu, mon', [1, 4]],
    ['Mon and Thursday', [1, 4]],
    ['mondays', [1]],
    ['mon-fri', [1, 2, 3, 4, 5]],
    ['fri – mon', [1, 5, 6, 7]],
    ['mon mon', [1]],
  ])('reads %j', (text, days) => {
    expect(parseDays(text)).toEqual(days);
  });

  it.each(['', 'never', 't', 'mon-', 'mon to', 'mon-tue-wed', 'constructor', 'mon, soon'])(
    'refuses %j',
    (text) => {
      expect(() => parseDays(text)).toThrow('days-not-readable');
    },
  );
});
