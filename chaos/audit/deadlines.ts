import { listDayAt } from '../../src/calendar/list-day.ts';
import { type Instant, MINUTE_MS } from '../../src/calendar/zoned-time.ts';
import { messagesIn } from './deliveries.ts';
import type { DestinationHistory, History } from './history.ts';

/** What counts as late: real time after the slot, its collection and every disturbance are over. */
export const GRACE_MS = 60_000;
/** A collection that ended so long before a slot still counts for it. */
const FRESH_MS = 10 * MINUTE_MS;
/** Real: direct messages are opened one after the other, so far apart. */
const BETWEEN_OPENINGS_MS = 5_000;

export interface Deadlines {
  /** Real; Infinity while something is wrong still. */
  of(slot: Instant, destination: DestinationHistory): Instant;
  /** The same for what is due from a real instant on. */
  after(real: Instant, destination: DestinationHistory): Instant;
  /** Real: how long what is planned may wait for direct messages that were not open at `at`. */
  openingOf(destination: DestinationHistory, at: Instant): number;
  /** Real: the first answer with the then current list day that is recent enough for the slot. */
  collectedFor(slot: Instant): Instant;
}

export function createDeadlines(history: History): Deadlines {
  const { timeline, disturbances, destinations } = history;
  const openingMs = destinations.filter(({ kind }) => kind === 'dm').length * BETWEEN_OPENINGS_MS;
  const current = history.listings
    .filter(({ at, day }) => day === listDayAt(timeline.virtualAt(at)))
    .map(({ at }) => ({ at, virtual: timeline.virtualAt(at) }));

  function collectedFor(slot: Instant): Instant {
    return current.find(({ virtual }) => virtual > slot - FRESH_MS)?.at ?? Infinity;
  }

  function openingOf(destination: DestinationHistory, at: Instant): number {
    if (destination.kind !== 'dm') return 0;
    const begun = destination.changes.findLast(
      ({ settings, sentAt }) => settings === undefined && sentAt < at,
    );
    const isOpen = messagesIn(history, destination).some(
      (message) => message.at < at && message.at > (begun?.ackedAt ?? 0),
    );
    return isOpen ? 0 : openingMs;
  }

  function after(real: Instant, destination: DestinationHistory): Instant {
    const { channelId } = destination;
    const graceMs = GRACE_MS + openingOf(destination, real);
    const own = disturbances.filter((one) => one.channelId === undefined || one.channelId === channelId);
    let start = real;
    for (;;) {
      const next = own.find(({ from, to }) => from < start + graceMs && to > start);
      if (next === undefined) return start + graceMs;
      // A slot that was refused is not tried again; its papers come with the next one.
      if (next.kind === 'permission') return Infinity;
      start = next.to;
    }
  }

  return {
    collectedFor,
    openingOf,
    after,
    of: (slot, destination) => after(Math.max(timeline.realAt(slot), collectedFor(slot)), destination),
  };
}
