import { describe, expect, it } from 'vitest';
import { decideAt, nextMeeting } from '../../../src/reading/rhythm.ts';
import type { Rhythm } from '../../../src/reading/reading-group.ts';

const weekly: Rhythm = {
  every: 'week',
  weekday: 4,
  minute: 1080,
  zone: 'Europe/Berlin',
  firstDay: '2026-10-01',
};

/** So many meetings after an instant. */
function listMeetings(rhythm: Rhythm, after: string, amount: number): readonly string[] {
  const found: string[] = [];
  let last: number | undefined = Date.parse(after);
  for (let at = 0; at < amount && last !== undefined; at += 1) {
    last = nextMeeting(rhythm, last);
    if (last !== undefined) found.push(new Date(last).toISOString().slice(0, 16));
  }
  return found;
}

describe('a rhythm', () => {
  it.each<[string, Rhythm, string, readonly string[]]>([
    [
      'keeps its local time over a clock change',
      weekly,
      '2026-10-20T00:00Z',
      ['2026-10-22T16:00', '2026-10-29T17:00', '2026-11-05T17:00'],
    ],
    [
      'counts every second week from its first day',
      { ...weekly, every: 'two-weeks' },
      '2026-10-01T00:00Z',
      ['2026-10-01T16:00', '2026-10-15T16:00', '2026-10-29T17:00'],
    ],
    [
      'meets on the first such day of a month',
      { ...weekly, every: 'month' },
      '2026-10-02T00:00Z',
      ['2026-11-05T17:00', '2026-12-03T17:00', '2027-01-07T17:00'],
    ],
    [
      'meets once, within a week of its first day',
      { ...weekly, every: 'once' },
      '2026-09-01T00:00Z',
      ['2026-10-01T16:00'],
    ],
    [
      'takes the next instant where the clock leaves its time out',
      { ...weekly, weekday: 7, minute: 150, firstDay: '2027-03-01' },
      '2027-03-27T00:00Z',
      ['2027-03-28T01:00', '2027-04-04T00:30'],
    ],
  ])('%s', (_, rhythm, after, meetings) => {
    expect(listMeetings(rhythm, after, meetings.length)).toEqual(meetings);
  });

  it('has no meeting after the only one', () => {
    expect(nextMeeting({ ...weekly, every: 'once' }, Date.parse('2026-10-01T16:00Z'))).toBeUndefined();
  });

  it('has its poll end some days before, by the same clock', () => {
    const startsAt = Date.parse('2026-10-27T17:00Z');

    const at = decideAt(startsAt, { rhythm: weekly, readDays: 3, pollHours: 24 });

    expect(new Date(at).toISOString()).toBe('2026-10-23T16:00:00.000Z');
  });
});
