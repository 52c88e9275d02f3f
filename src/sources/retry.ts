import type { Random } from '../calendar/clock.ts';
import { MINUTE_MS } from '../calendar/zoned-time.ts';

const FIRST_MS = 2_000;
const LONGEST_MS = 10 * MINUTE_MS;

/** Milliseconds before the next try: doubling, jittered between half and the whole, never sooner than asked for. */
export function retryDelay(options: {
  /** 1 after the first failure. */
  readonly failures: number;
  readonly random: Random;
  readonly retryAfterMs?: number | undefined;
}): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** (options.failures - 1));
  return (options.retryAfterMs ?? 0) + Math.round(whole * (0.5 + options.random() / 2));
}
