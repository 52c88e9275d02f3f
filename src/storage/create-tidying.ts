import type { Clock } from '../calendar/clock.ts';
import { DAY_MS, type Instant } from '../calendar/zoned-time.ts';
import type { StateLog } from './keyv-records.ts';

export interface Tidying {
  /** Tidies when that was a day ago or never; never rejects. */
  tidyIfDue(): Promise<void>;
  /** Waits for what is under way. */
  drain(): Promise<void>;
}

/** Paces `tidy`; one that fails is logged, and tried again the next day. */
export function createTidying(options: {
  readonly clock: Clock;
  readonly log: StateLog;
  readonly tidy: () => Promise<void>;
}): Tidying {
  let startedAt: Instant | undefined;
  let running: Promise<void> | undefined;
  async function tidy(): Promise<void> {
    try {
      await options.tidy();
    } catch (error) {
      options.log.error({ err: error }, 'the state could not be tidied');
    }
  }
  return {
    async tidyIfDue() {
      const now = options.clock.now();
      if (startedAt !== undefined && now - startedAt < DAY_MS) return;
      startedAt = now;
      running = tidy();
      await running;
    },
    async drain() {
      await running;
    },
  };
}
