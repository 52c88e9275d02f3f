import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { readinessOf } from '../../../src/digest/due.ts';

const SLOT = Date.UTC(2026, 5, 9, 7);

describe('whether a slot can be decided', () => {
  it.each([
    ['collected nine minutes before', -9 * MINUTE_MS, 0, 'ready'],
    ['collected ten minutes before', -10 * MINUTE_MS, 0, 'waiting'],
    ['collected at the slot', 0, 0, 'ready'],
    ['collected a minute after', MINUTE_MS, MINUTE_MS, 'ready'],
    ['never collected', undefined, MINUTE_MS, 'waiting'],
    ['down around the slot', -30 * MINUTE_MS, HOUR_MS, 'waiting'],
    ['down, a minute before two hours', -30 * MINUTE_MS, 2 * HOUR_MS - MINUTE_MS, 'waiting'],
    ['down for two hours', -30 * MINUTE_MS, 2 * HOUR_MS, 'from-archive'],
    ['back after an hour', HOUR_MS, HOUR_MS, 'ready'],
    ['back after three hours', 3 * HOUR_MS, 3 * HOUR_MS, 'ready'],
    ['down for three days', -2 * DAY_MS, DAY_MS - MINUTE_MS, 'from-archive'],
    ['never collected, two hours later', undefined, 2 * HOUR_MS, 'from-archive'],
  ])('%s', (_, collected, late, expected) => {
    const lastCollection = collected === undefined ? undefined : SLOT + collected;

    expect(readinessOf({ slot: SLOT, lastCollection, now: SLOT + late })).toBe(expected);
  });
});
