import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { startCronTicks } from '../../../src/scheduling/cron-ticks.ts';

describe('ticks', () => {
  let ticks: string[];
  let stop: () => void;

  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 5, 9, 7, 0, 30) });
    ticks = [];
    stop = startCronTicks(() => ticks.push(new Date().toISOString().slice(11, 19)));
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('come at the start of each minute until they are stopped', async () => {
    await vi.advanceTimersByTimeAsync(3 * MINUTE_MS);
    stop();
    await vi.advanceTimersByTimeAsync(3 * MINUTE_MS);

    expect(ticks).toEqual(['07:01:00', '07:02:00', '07:03:00']);
  });

  it.each([
    ['back', -3 * HOUR_MS, ['04:01:00', '04:02:00']],
    ['ahead', 3 * HOUR_MS, ['10:01:00', '10:02:00']],
  ])('go on when the clock is set %s', async (_name, jump, expected) => {
    vi.setSystemTime(Date.now() + jump);

    await vi.advanceTimersByTimeAsync(2 * MINUTE_MS);

    expect(ticks).toEqual(expected);
  });
});
