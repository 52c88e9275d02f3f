import { DAY_MS, HOUR_MS, type Instant, localTimeAt } from '../calendar/zoned-time.ts';
import type { Destination, Trouble } from '../subscriptions/destination.ts';
import { afterRoundupSlot, firstSlot } from '../subscriptions/schedule.ts';
import { type Delivery, refusalByPlace } from './delivery.ts';

export const KEPT_WHEN_GONE_MS = 30 * DAY_MS;
/** A clock that is wrong for minutes brings one more look or two, however far it is ahead. */
export const LOOKS_WHEN_GONE = 10;
const LOOKS_APART_MS = 12 * HOUR_MS;

/** How long a place that lets nobody in is left alone, in ms. */
export const ASKED_EVERY_MS: Readonly<Record<Trouble['kind'], number>> = {
  blocked: HOUR_MS,
  gone: DAY_MS,
  'dms-closed': DAY_MS,
};

/** After something got through, or was found. */
export function afterSuccess({ trouble: _cleared, ...destination }: Destination, at: Instant): Destination {
  return { ...destination, lastDeliveredAt: Math.max(at, destination.lastDeliveredAt ?? at) };
}

export function afterMention(destination: Destination, at: Instant): Destination {
  return { ...destination, mentionedOn: localTimeAt(at, destination.schedule.zone).day };
}

/** After the place let nobody in; one that has been gone for 30 days, on ten looks, is removed. */
export function afterTrouble(
  destination: Destination,
  { kind, code }: Pick<Trouble, 'kind' | 'code'>,
  at: Instant,
): Destination | 'removed' {
  const before = destination.trouble;
  const same = before?.kind === kind ? before : undefined;
  const since = same?.since ?? at;
  if (kind !== 'gone') return { ...destination, trouble: { kind, code, since, triedAt: at } };
  const isCounted = same === undefined || at - same.triedAt >= LOOKS_APART_MS;
  const looks = (same?.looks ?? 0) + (isCounted ? 1 : 0);
  if (at - since >= KEPT_WHEN_GONE_MS && looks >= LOOKS_WHEN_GONE) return 'removed';
  return { ...destination, trouble: { kind, code, since, triedAt: at, looks } };
}

/**
 * After a delivery was closed. A cancelled digest leaves its slot undecided, so that it is planned afresh if still due;
 * the window moves on only when everything went out.
 */
export function afterClosing(destination: Destination, delivery: Delivery): Destination | 'removed' {
  const at = delivery.closedAt ?? delivery.slot;
  const after = afterSlots(destination, delivery, at);
  const code = refusalByPlace(delivery);
  // Shown, and with `instantly` not tried again at each collection.
  return code === undefined ? after : afterTrouble(after, { kind: 'blocked', code }, at);
}

function afterSlots(destination: Destination, delivery: Delivery, at: Instant): Destination {
  if (delivery.kind === 'roundup') return afterRoundup(destination, delivery);
  if (delivery.kind !== 'digest') return destination;
  const mentioned = afterLostMention(destination, delivery, at);
  if (delivery.state === 'cancelled') return mentioned;
  const decided = afterSlot(mentioned, delivery.slot);
  if (delivery.state !== 'done') return decided;
  return { ...decided, coveredSlot: Math.max(delivery.slot, destination.coveredSlot ?? delivery.slot) };
}

/** One that was rejected is tried again while its day lasts, unless nobody can tell whether it is there. */
function afterRoundup(destination: Destination, { state, slot, steps }: Delivery): Destination {
  const isUnknown = steps.some(({ status }) => status === 'unknown');
  const isUndecided = state === 'cancelled' || (state === 'rejected' && !isUnknown);
  return isUndecided ? destination : afterRoundupSlot(destination, slot);
}

/** A mention that went out and was never confirmed counts; one that was confirmed already counts, on its own day. */
function afterLostMention(destination: Destination, { mention, slot }: Delivery, at: Instant): Destination {
  const { mentionedOn = '', schedule } = destination;
  const isCounted = mentionedOn >= localTimeAt(slot, schedule.zone).day;
  return mention === 'out' && !isCounted ? afterMention(destination, at) : destination;
}

/** After a slot that had no papers. */
export function afterEmptySlot(destination: Destination, slot: Instant): Destination {
  const decided = afterSlot(destination, slot);
  return { ...decided, coveredSlot: Math.max(slot, destination.coveredSlot ?? slot) };
}

/** After a slot that was decided, whatever came of it. */
export function afterSlot(destination: Destination, slot: Instant): Destination {
  const next = firstSlot(destination.schedule, slot);
  return { ...destination, nextSlot: Math.max(next, destination.nextSlot) };
}
