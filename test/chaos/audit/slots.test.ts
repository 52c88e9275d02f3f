import { describe, expect, it } from 'vitest';
import { slotsBetween } from '../../../chaos/audit/evidence/slots.ts';

const NEW_YORK = { minute: 2 * 60 + 30, zone: 'America/New_York', days: [1, 2, 3, 4, 5, 6, 7] };

const list = (schedule: Parameters<typeof slotsBetween>[0], from: string, to: string) =>
  slotsBetween(schedule, Date.parse(from), Date.parse(to)).map((slot) => new Date(slot).toISOString());

describe('the auditor’s slots', () => {
  it('are later than the first instant, and not later than the last', () => {
    const daily = { minute: 9 * 60, zone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7] };

    expect(list(daily, '2026-05-04T09:00Z', '2026-05-06T09:00Z')).toEqual([
      '2026-05-05T09:00:00.000Z',
      '2026-05-06T09:00:00.000Z',
    ]);
  });

  it('are on chosen weekdays, by the clocks of their zone', () => {
    const weekdays = { minute: 60, zone: 'Asia/Tokyo', days: [1, 2] };

    expect(list(weekdays, '2026-05-01T00:00Z', '2026-05-08T00:00Z')).toEqual([
      '2026-05-03T16:00:00.000Z',
      '2026-05-04T16:00:00.000Z',
    ]);
  });

  it('fall on the next instant that exists where a clock change skips them', () => {
    expect(list(NEW_YORK, '2026-03-08T00:00-05:00', '2026-03-08T12:00Z')).toEqual([
      '2026-03-08T07:00:00.000Z',
    ]);
  });

  it('come once where a clock change repeats them', () => {
    const repeated = { ...NEW_YORK, minute: 90 };

    expect(list(repeated, '2026-11-01T00:00-04:00', '2026-11-01T12:00Z')).toEqual([
      '2026-11-01T05:30:00.000Z',
    ]);
  });
});
