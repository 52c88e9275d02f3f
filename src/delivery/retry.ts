import type { Random } from '../calendar/clock.ts';
import { MINUTE_MS } from '../calendar/zoned-time.ts';

const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 10 * MINUTE_MS;

/**
 * The one retry policy: milliseconds before the next try, doubling from 2 s to 10 min with jitter, and never sooner than
 * the other side asked for. `failures` counts those in a row, from 1.
 */
export function retryDelay(options: {
  readonly failures: number;
  readonly random: Random;
  readonly retryAfterMs?: number | undefined;
}): number {
  const { failures, random, retryAfterMs = 0 } = options;
  const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(failures - 1, 20));
  return retryAfterMs + Math.round(ceiling * (0.5 + random() / 2));
}
