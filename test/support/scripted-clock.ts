import type { Clock } from '../../src/calendar/clock.ts';
import type { Instant } from '../../src/calendar/zoned-time.ts';

export interface ScriptedClock extends Clock {
  /** Moves to an instant; whoever sleeps until one on the way wakes then, and gets to run. */
  passTo(instant: Instant): Promise<void>;
}

interface Sleeper {
  readonly until: Instant;
  readonly wake: () => void;
}

/** Time that stands still until the test moves it. */
export function createScriptedClock(start: Instant): ScriptedClock {
  let now = start;
  const sleepers = new Set<Sleeper>();

  return {
    now: () => now,

    async sleep(ms, signal) {
      if (signal?.aborted === true || ms <= 0) return;
      await new Promise<void>((resolve) => {
        const sleeper: Sleeper = {
          until: now + ms,
          wake: () => {
            sleepers.delete(sleeper);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', sleeper.wake, { once: true });
      });
    },

    async passTo(instant) {
      for (;;) {
        const [next] = [...sleepers].toSorted((a, b) => a.until - b.until);
        if (next === undefined || next.until > instant) break;
        now = Math.max(now, next.until);
        next.wake();
        await letRun();
      }
      now = instant;
      await letRun();
    },
  };
}

/** Everything in memory that can go on without time passing does so. */
export async function letRun(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}
