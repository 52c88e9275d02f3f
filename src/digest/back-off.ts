import type { Random } from '../calendar/clock.ts';
import { MINUTE_MS } from '../calendar/zoned-time.ts';

const FIRST_DELAY = 2_000;
const LONGEST_DELAY = 10 * MINUTE_MS;

/** Milliseconds before the next try: doubling, with jitter, and never sooner than the medium asked for. */
export function backOffDelay(failures: number, random: Random, retryAfter = 0): number {
  const ceiling = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** Math.min(failures, 20));
  return retryAfter + Math.round(ceiling * (0.5 + random() / 2));
}
