import { listDayAt } from '../../src/calendar/list-day.ts';
import { type Instant, MINUTE_MS } from '../../src/calendar/zoned-time.ts';
import type { History } from './history.ts';

/** What counts as late: real time after the slot, its collection and every disturbance are over. */
export const GRACE_MS = 60_000;
/** A collection that ended so long before a slot still counts for it. */
const FRESH_MS = 10 * MINUTE_MS;

export interface Deadlines {
  /** Real; Infinity while something is wrong still. */
  of(slot: Instant, channelId: string): Instant;
  /** Real: the first answer with the then current list day that is recent enough for the slot. */
  collectedFor(slot: Instant): Instant;
}

export function createDeadlines(history: History): Deadlines {
  const { timeline, disturbances } = history;
  const current = history.listings
    .filter(({ at, day }) => day === listDayAt(timeline.virtualAt(at)))
    .map(({ at }) => ({ at, virtual: timeline.virtualAt(at) }));

  function collectedFor(slot: Instant): Instant {
    return current.find(({ virtual }) => virtual > slot - FRESH_MS)?.at ?? Infinity;
  }

  return {
    collectedFor,
    of(slot, channelId) {
      const own = disturbances.filter((one) => one.channelId === undefined || one.channelId === channelId);
      let start = Math.max(timeline.realAt(slot), collectedFor(slot));
      for (;;) {
        const next = own.find(({ from, to }) => from < start + GRACE_MS && to > start);
        if (next === undefined) return start + GRACE_MS;
        // A slot that was refused is not tried again; its papers come with the next one.
        if (next.kind === 'permission') return Infinity;
        start = next.to;
      }
    },
  };
}
