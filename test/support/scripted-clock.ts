import type { Clock } from '../../src/calendar/clock.ts';
import type { Instant } from '../../src/calendar/zoned-time.ts';

export interface ScriptedClock extends Clock {
  /** Sets the wall clock alone, as somebody does who corrects it. No time passes. */
  setWall(instant: Instant): void;
  /** Moves to an instant; whoever sleeps until one on the way wakes then, and gets to run. */
  passTo(instant: Instant): Promise<void>;
}

interface Sleeper {
  /** On the monotonic clock. */
  readonly until: number;
  readonly wake: () => void;
}

/** Time that stands still until the test moves it, and until all that can go on without it has `settled`. */
export function createScriptedClock(start: Instant, settled: () => Promise<void> = letRun): ScriptedClock {
  let elapsed = 0;
  /** Wall time when nothing had elapsed. */
  let origin = start;
  const now = () => origin + elapsed;
  const sleepers = new Set<Sleeper>();

  return {
    now,
    monotonic: () => elapsed,
    setWall(instant) {
      origin = instant - elapsed;
    },

    async sleep(ms, signal) {
      if (signal?.aborted === true || ms <= 0) return;
      await new Promise<void>((resolve) => {
        const sleeper: Sleeper = {
          until: elapsed + ms,
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
      const end = instant - origin;
      for (;;) {
        const [next] = [...sleepers].toSorted((a, b) => a.until - b.until);
        if (next === undefined || next.until > end) break;
        elapsed = Math.max(elapsed, next.until);
        next.wake();
        await settled();
      }
      elapsed = Math.max(elapsed, end);
      await settled();
    },
  };
}

/** Everything in memory that can go on without time passing does so. */
export async function letRun(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}
