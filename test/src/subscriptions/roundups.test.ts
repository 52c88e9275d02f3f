import { describe, expect, it } from 'vitest';
import { latestRoundup, nextRoundup } from '../../../src/subscriptions/schedule.ts';

const at = (text: string) => Date.parse(text);

describe('the slots of roundups', () => {
  it.each(['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Pacific/Auckland', 'Pacific/Apia'])(
    'share no list day and leave none out through a year of clock changes in %s',
    (zone) => {
      for (const [on, hour] of [
        [1, 9],
        [5, 22],
        ['first', 9],
        ['first', 22],
      ] as const) {
        const roundup = { on, at: hour * 60 };
        let slot = nextRoundup(roundup, zone, at('2026-01-01T00:00Z'));
        let before = latestRoundup(roundup, zone, slot);
        while (slot < at('2027-02-01T00:00Z')) {
          const next = nextRoundup(roundup, zone, slot);
          const found = latestRoundup(roundup, zone, next + 60_000);

          expect(found).toMatchObject({ slot: next, after: before.until });
          expect(found.until > found.after).toBe(true);
          slot = next;
          before = found;
        }
      }
    },
  );

  it('are at the same local time over a clock change', () => {
    const roundup = { on: 1, at: 9 * 60 } as const;

    expect(nextRoundup(roundup, 'Europe/Berlin', at('2026-03-23T12:00Z'))).toBe(at('2026-03-30T07:00Z'));
    expect(nextRoundup(roundup, 'Europe/Berlin', at('2026-03-16T12:00Z'))).toBe(at('2026-03-23T08:00Z'));
  });

  it('are about whole list days: a week to Sunday, a month to its last day', () => {
    expect(latestRoundup({ on: 1, at: 540 }, 'UTC', at('2026-06-15T10:00Z'))).toEqual({
      slot: at('2026-06-15T09:00Z'),
      after: '2026-06-07',
      until: '2026-06-14',
    });
    expect(latestRoundup({ on: 'first', at: 540 }, 'UTC', at('2026-03-05T10:00Z'))).toEqual({
      slot: at('2026-03-01T09:00Z'),
      after: '2026-01-31',
      until: '2026-02-28',
    });
  });

  it('are about one month though in the evening of the first its list day is over', () => {
    expect(
      latestRoundup({ on: 'first', at: 22 * 60 }, 'America/New_York', at('2026-07-02T02:00Z')),
    ).toMatchObject({ slot: at('2026-07-02T02:00Z'), after: '2026-05-31', until: '2026-06-30' });
  });
});
