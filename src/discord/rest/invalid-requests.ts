import type { Clock } from '../../calendar/clock.ts';
import { MINUTE_MS } from '../../calendar/zoned-time.ts';

/** Discord shuts an address out for 10,000 in 10 minutes: https://docs.discord.com/developers/topics/rate-limits */
const WINDOW_MS = 10 * MINUTE_MS;
const MOST = 2_000;

/** Counts answers that Discord calls invalid: 401, 403, and 429 but for shared limits. */
export interface InvalidRequests {
  /** Milliseconds for which to send nothing more; 0 as long as there are few. */
  count(): number;
}

export function createInvalidRequests(clock: Clock, most = MOST): InvalidRequests {
  const instants: number[] = [];
  return {
    count() {
      const now = clock.now();
      instants.push(now);
      const recent = instants.findIndex((instant) => instant > now - WINDOW_MS);
      instants.splice(0, recent);
      return instants.length < most ? 0 : (instants[instants.length - most] ?? now) + WINDOW_MS - now;
    },
  };
}
