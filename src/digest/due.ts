import { DAY_MS, HOUR_MS, type Instant, localTimeAt, MINUTE_MS, weekdayOf } from '../calendar/zoned-time.ts';
import { ASKED_EVERY_MS } from '../delivery/destination-after.ts';
import { LIFETIME_MS } from '../delivery/transitions.ts';
import type { Destination, Schedule } from '../subscriptions/destination.ts';
import { latestSlot } from '../subscriptions/schedule.ts';

/** Somebody who takes no direct messages for so long is not tried any more, until that person resumes. */
const DMS_TRIED_FOR_MS = 30 * DAY_MS;

const FRESH_BEFORE_SLOT_MS = 10 * MINUTE_MS;
/** How long a slot waits for a collection. */
const PATIENCE_MS = 2 * HOUR_MS;

export type DueSlot =
  | { readonly kind: 'due'; readonly slot: Instant }
  /** Too old to be sent any more: its papers come with a later one. */
  | { readonly kind: 'missed' }
  | { readonly kind: 'not-due' };

/** The slot that is to be decided for a destination now. Start-up after downtime follows the same rule. */
export function findDueSlot(
  destination: Destination,
  { now, lastCollection }: { readonly now: Instant; readonly lastCollection: Instant | undefined },
): DueSlot {
  const { schedule, nextSlot, pausedAt } = destination;
  if (pausedAt !== undefined || isGivenUpOn(destination, now) || isLeftAlone(destination, now)) {
    return { kind: 'not-due' };
  }
  const slot =
    schedule.at === 'instantly' ? collectionSlot(schedule, lastCollection, now) : latestSlot(schedule, now);
  if (slot === undefined || slot < nextSlot) return { kind: 'not-due' };
  return now - slot >= LIFETIME_MS.digest ? { kind: 'missed' } : { kind: 'due', slot };
}

/** Whether nothing is sent there before the place is back, or the person resumes. */
export function isGivenUpOn({ trouble }: Pick<Destination, 'trouble'>, now: Instant): boolean {
  if (trouble?.kind === 'dms-closed') return now - trouble.since >= DMS_TRIED_FOR_MS;
  return trouble?.kind === 'gone';
}

/** Closed direct messages are tried once a day at most, a blocked channel once an hour with `instantly`. */
function isLeftAlone({ trouble, schedule }: Destination, now: Instant): boolean {
  if (trouble === undefined || (trouble.kind === 'blocked' && schedule.at !== 'instantly')) return false;
  const since = now - trouble.triedAt;
  // The daily slot itself may come a few seconds earlier than the day before.
  return since >= 0 && since < ASKED_EVERY_MS[trouble.kind] - MINUTE_MS;
}

/**
 * The slot of `instantly`: the whole minute in which the last collection began. While collections fail, every two hours
 * is a slot for what did arrive.
 */
function collectionSlot(
  { days, zone }: Schedule,
  lastCollection: Instant | undefined,
  now: Instant,
): Instant | undefined {
  if (lastCollection === undefined) return undefined;
  const silent = Math.max(0, Math.floor((now - lastCollection) / PATIENCE_MS) - 1);
  const slot = Math.floor((lastCollection + silent * PATIENCE_MS) / MINUTE_MS) * MINUTE_MS;
  return days.includes(weekdayOf(localTimeAt(slot, zone).day)) ? slot : undefined;
}

/** `from-archive`: what the archive has may be sent, but having nothing proves nothing. */
export type Readiness = 'ready' | 'from-archive' | 'waiting';

/** Whether a slot can be decided, given the beginning of the last collection that got every day it had to get. */
export function readinessOf(options: {
  slot: Instant;
  lastCollection: Instant | undefined;
  now: Instant;
}): Readiness {
  const { slot, lastCollection, now } = options;
  if (lastCollection !== undefined && lastCollection > slot - FRESH_BEFORE_SLOT_MS) return 'ready';
  return now - slot >= PATIENCE_MS ? 'from-archive' : 'waiting';
}
