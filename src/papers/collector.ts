import type { Clock } from '../calendar/clock.ts';
import { type Instant, MINUTE_MS } from '../calendar/zoned-time.ts';

export interface Collector {
  /** Collects when the last attempt began ten minutes ago or earlier; true when one ran now. Never rejects. */
  collectIfDue(): Promise<boolean>;
  /** Waits for the attempt under way. */
  drain(): Promise<void>;
}

const INTERVAL = 10 * MINUTE_MS;

/** Paces `collect`, one attempt at a time, counting from its beginning. */
export function createCollector(options: { clock: Clock; collect: () => Promise<unknown> }): Collector {
  let startedAt: Instant | undefined;
  let running: Promise<unknown> | undefined;

  return {
    async collectIfDue() {
      const now = options.clock.now();
      if (running !== undefined) {
        await running;
        return true;
      }
      if (startedAt !== undefined && now - startedAt < INTERVAL) return false;
      startedAt = now;
      running = options.collect();
      await running.finally(() => {
        running = undefined;
      });
      return true;
    },

    async drain() {
      await running;
    },
  };
}
