import { expect, it } from 'vitest';
import { DAY_MS } from '../../src/calendar/zoned-time.ts';
import { systemClock } from '../../src/system-clock.ts';

it.each([30 * DAY_MS, Infinity])('sleeps for %d ms, and not for one', async (ms) => {
  const stopping = new AbortController();
  let isAwake = false;
  const sleeping = systemClock.sleep(ms, stopping.signal).then(() => (isAwake = true));

  await systemClock.sleep(50);
  expect(isAwake).toBe(false);
  stopping.abort();

  await sleeping;
});
