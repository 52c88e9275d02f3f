import { DAY_MS, HOUR_MS, type Instant, localTimeAt, MINUTE_MS, weekdayOf } from '../calendar/zoned-time.ts';
import type { Destination, Schedule, Trouble } from '../subscriptions/destination.ts';
import { latestSlot } from '../subscriptions/schedule.ts';
import { PATIENCE } from './readiness.ts';

/** A slot older than this is never sent any more; its papers come with a later one. */
export const SLOT_LIFETIME = DAY_MS;

/** With a slot every ten minutes, a place that refuses is not asked at each. */
const PAUSE_WHEN_BLOCKED = HOUR_MS;
const PROBED_EVERY = DAY_MS;
const HELD_FOR = 10 * MINUTE_MS;

/** The slot that is to be decided for a destination now, if any. Start-up after downtime follows the same rule. */
export function findDueSlot(options: {
  destination: Destination;
  hasOpenDelivery: boolean;
  now: Instant;
  /** The end of the last successful collection. */
  lastCollection?: Instant | undefined;
}): Instant | undefined {
  const { destination, hasOpenDelivery, now } = options;
  const { schedule, trouble, decidedSlot } = destination;
  if (hasOpenDelivery || destination.pausedAt !== undefined) return undefined;
  if (trouble?.kind === 'refused' || trouble?.kind === 'gone') return undefined;

  const isInstant = schedule.at === 'instantly';
  const slot = isInstant ? collectionSlot(schedule, options.lastCollection, now) : latestSlot(schedule, now);
  if (slot === undefined || slot <= destination.scheduledSince) return undefined;
  // A slot of the future was decided by a clock that was ahead: a channel with `instantly` would be silent until then.
  const isBelieved = decidedSlot !== undefined && !(isInstant && decidedSlot > now);
  if (isBelieved && slot <= decidedSlot) return undefined;
  if (isInstant && trouble !== undefined && slot - trouble.attemptedAt < PAUSE_WHEN_BLOCKED) return undefined;
  return now - slot > SLOT_LIFETIME ? undefined : slot;
}

/** Whether it is time to look if a place that was gone has come back, whatever its schedule. */
export function isProbeDue({ trouble }: { readonly trouble?: Trouble }, now: Instant): boolean {
  return trouble?.kind === 'gone' && now - trouble.attemptedAt >= PROBED_EVERY;
}

/** Whether an open delivery leaves a place alone for now, which let nobody in. */
export function isResting({ trouble }: { readonly trouble?: Trouble }, now: Instant): boolean {
  return now < restsUntil({ trouble });
}

/** When a place that let nobody in is asked again; long ago for one that did. */
export function restsUntil({ trouble }: { readonly trouble?: Trouble | undefined }): Instant {
  if (trouble === undefined) return 0;
  return trouble.attemptedAt + (trouble.kind === 'blocked' ? HELD_FOR : PROBED_EVERY);
}

/**
 * The slot of `instantly`: the whole minute in which the last collection ended. While collections fail, because of one
 * day perhaps, every two hours is a slot for what did arrive.
 */
function collectionSlot(
  { days, zone }: Schedule,
  lastCollection: Instant | undefined,
  now: Instant,
): Instant | undefined {
  if (lastCollection === undefined) return undefined;
  const silent = Math.max(0, Math.floor((now - lastCollection) / PATIENCE) - 1);
  const slot = Math.floor((lastCollection + silent * PATIENCE) / MINUTE_MS) * MINUTE_MS;
  return days.includes(weekdayOf(localTimeAt(slot, zone).day)) ? slot : undefined;
}
