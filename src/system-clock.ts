import { setTimeout } from 'node:timers/promises';
import type { Clock } from './calendar/clock.ts';

/** Node takes a longer timer for one of a millisecond. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(ms, signal) {
    const isAborted = () => signal?.aborted === true;
    let left = ms;
    do {
      const slice = Math.min(left, LONGEST_TIMER_MS);
      await setTimeout(slice, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
        if (!isAborted()) throw error;
      });
      left -= slice;
    } while (left > 0 && !isAborted());
  },
};

/** For waits: it goes at the pace of the machine, whatever the calendar is set to. */
export const monotonicClock: Clock = { ...systemClock, now: systemClock.monotonic };
