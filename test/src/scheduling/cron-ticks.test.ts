import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { startCronTicks } from '../../../src/scheduling/cron-ticks.ts';

describe('ticks', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 5, 9, 7, 0, 30) });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('come at the start of each minute until they are stopped', async () => {
    const ticks: string[] = [];
    const stop = startCronTicks(() => ticks.push(new Date().toISOString().slice(11, 19)));

    await vi.advanceTimersByTimeAsync(3 * MINUTE_MS);
    await stop();
    await vi.advanceTimersByTimeAsync(3 * MINUTE_MS);

    expect(ticks).toEqual(['07:01:00', '07:02:00', '07:03:00']);
  });
});
