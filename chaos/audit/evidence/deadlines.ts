import { addDays, type Day, type Instant, listDayAt, MINUTE_MS } from '../calendar.ts';
import { messagesIn } from './deliveries.ts';
import { isBlurred } from './wrong-clock.ts';
import type { DestinationHistory, Disturbance, History } from '../history.ts';
import { PATIENCE_MS } from '../rules.ts';
import { listReplicas } from './sightings.ts';

/**
 * What counts as late: real time after the slot, its collection and every disturbance are over. The bot looks each minute,
 * and its work takes a moment.
 */
export const GRACE_MS = 61_000;
/** The same for the first message of a digest: less than an hour of the replayed clock. */
const BEGUN_WITHIN_MS = 40_000;
/** A collection that ended so long before a slot still counts for it. */
const FRESH_MS = 10 * MINUTE_MS;
/** Real: direct messages are opened one after the other, so far apart. */
const BETWEEN_OPENINGS_MS = 5_000;

/**
 * Real: where somebody let nobody look for a message whose answer was lost, it is looked for again an hour of the replayed
 * clock later, and nothing is sent before.
 */
const LOOKED_AGAIN_MS = 60_000;
/** Real: for so long after a fault a message may be looked for. */
const LOOKED_FOR_MS = 20_000;
const COSTS_ANSWERS = new Set(['request', 'down', 'storage']);

export interface Deadlines {
  /** Real; Infinity while something is wrong still. */
  of(slot: Instant, destination: DestinationHistory): Instant;
  /** The same for what is due from a real instant on; `ms` is how long it may take. */
  after(real: Instant, destination: DestinationHistory, ms?: number): Instant;
  /** When a digest of the slot must have begun. */
  startOf(slot: Instant, destination: DestinationHistory): Instant;
  /** Real: how long what is planned may wait for direct messages that were not open at `at`. */
  openingOf(destination: DestinationHistory, at: Instant): number;
  /**
   * Real: when lists had been given, to any of several processes, that are recent enough for the slot: of the current list
   * day and the one before. At the earliest: an archive that was lost in part may still have the one before.
   */
  collectedFor(slot: Instant): Instant;
}

export function createDeadlines(history: History): Deadlines {
  const { timeline, disturbances, destinations } = history;
  const troubles = new Map<string, readonly Disturbance[]>();
  const openingMs = destinations.filter(({ kind }) => kind === 'dm').length * BETWEEN_OPENINGS_MS;
  const replicas = listReplicas(history);
  const collectionsAfter = (lostAt: readonly Instant[]) =>
    replicas.map((replica) => createCollections(history, { replica, lostAt }));
  const latest = collectionsAfter(history.archiveLostAt);
  // Of several processes one loses its archive, and the others keep theirs.
  const earliest = collectionsAfter(replicas.length > 1 ? [] : history.archiveEmptiedAt);

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

  function after(real: Instant, destination: DestinationHistory, ms = GRACE_MS): Instant {
    return afterTroubles(real, destination, { ms, own: troublesOf(destination) });
  }

  function troublesOf({ channelId }: DestinationHistory): readonly Disturbance[] {
    const own = troubles.get(channelId) ?? listTroubles(disturbances, channelId);
    troubles.set(channelId, own);
    return own;
  }

  function afterTroubles(
    real: Instant,
    destination: DestinationHistory,
    { ms, own }: { readonly ms: number; readonly own: readonly Disturbance[] },
  ): Instant {
    const graceMs = ms + openingOf(destination, real);
    let start = real;
    for (;;) {
      const next = own.find(({ from, to }) => from < start + graceMs && to > start);
      if (next === undefined) return start + graceMs;
      // A slot that was refused is not tried again; its papers come with the next one.
      if (next.kind === 'permission') return Infinity;
      start = next.to;
    }
  }

  function afterSlot(slot: Instant, destination: DestinationHistory, ms: number): Instant {
    if (isBlurred(history, slot)) return Infinity;
    // Whichever of several processes leads then.
    const collectedAt = Math.max(...latest.map((collectedFor) => collectedFor(slot)));
    const collected = after(Math.max(timeline.realAt(slot), collectedAt), destination, ms);
    // It waits no longer than that, whatever the source does.
    const own = troublesOf(destination).filter(({ kind }) => kind !== 'source');
    const fromArchive = afterTroubles(timeline.realAt(slot + PATIENCE_MS), destination, { ms, own });
    return Math.min(collected, fromArchive);
  }

  return {
    collectedFor: (slot) => Math.min(...earliest.map((collectedFor) => collectedFor(slot))),
    openingOf,
    after,
    // Its papers come with the next one at the latest.
    of: (slot, destination) => afterSlot(slot, destination, GRACE_MS),
    startOf: (slot, destination) => afterSlot(slot, destination, BEGUN_WITHIN_MS),
  };
}

/** When one process, with its own archive, had collected for a slot; a day that it had settled before a `lostAt` counts no more. */
function createCollections(
  { listings, timeline }: History,
  { replica, lostAt: losses }: { readonly replica: number | undefined; readonly lostAt: readonly Instant[] },
): (slot: Instant) => Instant {
  const given = listings
    .filter((listing) => listing.replica === replica)
    .map(({ at, day }) => ({ at, day, virtual: timeline.virtualAt(at) }))
    .toSorted((a, b) => a.at - b.at);
  const current = given.filter(({ day, virtual }) => day === listDayAt(virtual));
  /** By day, when its list was given first after its end: it has settled then, for as long as the archive lives. */
  const settled = new Map<Day, Instant[]>();
  for (const { at, day, virtual } of given) {
    if (day < listDayAt(virtual)) settled.set(day, [...(settled.get(day) ?? []), at]);
  }

  /** The day before has settled, or is given after the slot as well. */
  return (slot) => {
    for (const { at, virtual } of current) {
      if (virtual <= slot - FRESH_MS) continue;
      const lostAt = losses.findLast((lost) => lost <= at) ?? -Infinity;
      const before = settled.get(addDays(listDayAt(virtual), -1)) ?? [];
      const settledAt = before.find((one) => one > lostAt);
      if (settledAt !== undefined) return Math.max(at, settledAt);
    }
    return Infinity;
  };
}

/** Those of one channel, each for as long as it may hold something up. */
function listTroubles(disturbances: readonly Disturbance[], channelId: string): readonly Disturbance[] {
  const own = disturbances.filter((one) => one.channelId === undefined || one.channelId === channelId);
  return own.map((one) => (isHeldBy(one, own) ? { ...one, to: one.to + LOOKED_AGAIN_MS } : one));
}

/** Whether a message may have been looked for in vain while the bot was shut out. */
function isHeldBy({ kind, from, to }: Disturbance, all: readonly Disturbance[]): boolean {
  if (kind !== 'permission') return false;
  return all.some((one) => COSTS_ANSWERS.has(one.kind) && one.from < to && one.to > from - LOOKED_FOR_MS);
}
