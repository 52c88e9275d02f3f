import { DAY_MS, type Instant } from '../calendar.ts';
import type { DestinationHistory, Disturbance } from '../history.ts';
import type { AuditContext } from './context.ts';
import type { PlacedDelivery, PlaceEvidence } from './place.ts';
import { wasClockWrong } from './wrong-clock.ts';

/** Real: how long before its first message a delivery may have been planned, and how long it takes to be sent. */
const PLANNED_MS = 7_000;
const SENT_WITHIN_MS = 15_000;

/** Whether nothing may have cut a delivery short, or made something else of its messages. */
export function isWhole(
  context: AuditContext,
  { destination }: Pick<PlaceEvidence, 'destination'>,
  delivery: PlacedDelivery,
): boolean {
  const { history, deadlines } = context;
  const { firstAt, isSample, attribution } = delivery;
  const { changes, deletedAt = Infinity } = destination;
  const from = firstAt - PLANNED_MS;
  const until = deadlines.after(firstAt, destination);
  // Infinity while something is wrong still.
  if (Math.max(until, firstAt + SENT_WITHIN_MS) > Math.min(history.endedAt, deletedAt)) return false;
  if (changes.some(({ cancels, sentAt, ackedAt }) => cancels && ackedAt >= from && sentAt <= until))
    return false;
  // By a wrong clock its time may be over at any moment.
  if (wasClockWrong(history, from, until)) return false;
  if (isDisturbed(context, destination, { from, to: until, kinds: ['content'] })) return false;
  if (isSample) return !isDisturbed(context, destination, { from, to: firstAt + SENT_WITHIN_MS });
  const slot = attribution?.since ?? history.timeline.virtualAt(firstAt);
  return history.timeline.virtualAt(until) - slot < DAY_MS;
}

/**
 * Whether what stands of a delivery is as it was planned, from its first paper on. The best posts of a forum come last:
 * where some are missing, nobody can tell the place of the others.
 */
export function isAsPlanned(
  context: AuditContext,
  place: Pick<PlaceEvidence, 'destination'>,
  delivery: PlacedDelivery,
): boolean {
  if (place.destination.kind === 'forum') return isWhole(context, place, delivery);
  const from = delivery.firstAt - PLANNED_MS;
  const to = (delivery.messages.at(-1)?.at ?? delivery.firstAt) + SENT_WITHIN_MS;
  return !isDisturbed(context, place.destination, { from, to, kinds: ['content'] });
}

/** Whether something was wrong in a place meanwhile. */
export function isDisturbed(
  { history: { disturbances } }: AuditContext,
  { channelId }: DestinationHistory,
  { from, to, kinds }: { readonly from: Instant; readonly to: Instant; readonly kinds?: readonly string[] },
): boolean {
  const isMeant = (one: Disturbance) =>
    (one.channelId === undefined || one.channelId === channelId) && (kinds?.includes(one.kind) ?? true);
  return disturbances.some((one) => one.from <= to && one.to >= from && isMeant(one));
}
