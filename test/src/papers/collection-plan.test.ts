import { describe, expect, it } from 'vitest';
import { listDayEnd } from '../../../src/calendar/list-day.ts';
import { addDays, HOUR_MS } from '../../../src/calendar/zoned-time.ts';
import { firstPlannedDay, planCollection } from '../../../src/papers/collect.ts';

const NOW = Date.parse('2026-05-29T12:00:00Z');
const TODAY = '2026-05-29';

/** All 30 days, each collected an hour after its end. */
function settled(): Map<string, number> {
  const days = Array.from({ length: 30 }, (_none, back) => addDays(TODAY, -back));
  return new Map(days.map((day) => [day, listDayEnd(day) + HOUR_MS]));
}

describe('what is collected', () => {
  it('is all of the last 30 days at first, newest first', () => {
    const { required, older } = planCollection(NOW, new Map());

    expect(required).toEqual([TODAY, '2026-05-28']);
    expect(older).toHaveLength(28);
    expect(older[0]).toBe('2026-05-27');
    expect(older.at(-1)).toBe(firstPlannedDay(NOW));
  });

  it('is always the current day', () => {
    expect(planCollection(NOW, new Map([...settled(), [TODAY, NOW]])).required).toEqual([TODAY]);
  });

  it('is the previous day until it was collected after its end', () => {
    const collected = settled().set('2026-05-28', listDayEnd('2026-05-28') - 1);

    expect(planCollection(NOW, collected).required).toEqual([TODAY, '2026-05-28']);
  });

  it('is an older day again that was collected before its end, which nothing waits for', () => {
    const collected = settled().set('2026-05-20', listDayEnd('2026-05-20') - 1);

    expect(planCollection(NOW, collected).required).toEqual([TODAY]);
    expect(planCollection(NOW, collected).older).toContain('2026-05-20');
  });

  it('is not a day again that was collected at its end', () => {
    const collected = settled().set('2026-05-20', listDayEnd('2026-05-20'));

    expect(planCollection(NOW, collected).older).not.toContain('2026-05-20');
  });

  it('is, every three hours, the votes of the last six days', () => {
    expect(planCollection(NOW, settled()).older).toEqual([
      '2026-05-28',
      '2026-05-27',
      '2026-05-26',
      '2026-05-25',
      '2026-05-24',
      '2026-05-23',
    ]);

    const fresh = settled().set('2026-05-27', NOW - 3 * HOUR_MS + 1);
    expect(planCollection(NOW, fresh).older).not.toContain('2026-05-27');
  });

  it.each([
    ['2026-05-29T01:29:00Z', '2026-05-28'],
    ['2026-05-29T01:30:00Z', '2026-05-29'],
    ['2026-12-02T02:29:00Z', '2026-12-01'],
    ['2026-12-02T02:30:00Z', '2026-12-02'],
  ])('at %s begins with %s', (instant, day) => {
    expect(planCollection(Date.parse(instant), new Map()).required[0]).toBe(day);
  });
});
