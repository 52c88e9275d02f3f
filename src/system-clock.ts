import { setTimeout } from 'node:timers/promises';
import type { Clock } from './calendar/clock.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(ms, signal) {
    await setTimeout(ms, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
      if (signal?.aborted !== true) throw error;
    });
  },
};

/** For waits: it goes at the pace of the machine, whatever the calendar is set to. */
export const monotonicClock: Clock = { ...systemClock, now: systemClock.monotonic };
