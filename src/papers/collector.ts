import { hasPassed, type Moment, momentOf } from '../calendar/clock.ts';
import type { ListDay } from '../calendar/list-day.ts';
import { type CollectionOptions, runCollection, COLLECT_EVERY } from './collect.ts';
import { createOlderDays, type OlderDaysOptions } from './older-days.ts';

export interface Collector {
  /**
   * Collects when the last attempt began ten minutes ago or earlier, or brought older days; true when one ran now. Never
   * rejects.
   */
  collectIfDue(): Promise<boolean>;
  /** Ends what is being collected, if anything; what it has got is kept. */
  stop(): Promise<void>;
}

export type CollectorOptions = Pick<CollectionOptions, 'source'> & OlderDaysOptions;

/** One collection at a time, and older days between them. A source that fails costs a collection, nothing else. */
export function createCollector(options: CollectorOptions): Collector {
  const { clock, log } = options;
  const stopping = new AbortController();
  const olderDays = createOlderDays(options);
  const failures = new Map<ListDay, Moment>();
  let begun: Moment | undefined;
  let running: Promise<void> | undefined;

  async function collect(): Promise<void> {
    try {
      const result = await runCollection({ ...options, signal: stopping.signal }, failures);
      const { collected, collectedOlder, added, failed, dropped } = result;
      // A slot of "instantly" may have been decided after the required days, and before the older ones.
      if (collectedOlder > 0) begun = undefined;
      log.info({ days: collected, added: added.length, failed: failed.length, dropped }, 'collected');
    } catch (error) {
      log.error({ err: error }, 'the collection failed');
    }
  }

  return {
    async collectIfDue() {
      if (running === undefined) {
        if (begun !== undefined && !hasPassed(COLLECT_EVERY, begun, clock)) return false;
        begun = momentOf(clock);
        running = collect().finally(() => {
          running = undefined;
          olderDays.goOn();
        });
      }
      await running;
      return true;
    },

    async stop() {
      stopping.abort();
      await Promise.all([running, olderDays.stop()]);
    },
  };
}
