import { DAY_MS, type Instant } from '../calendar/zoned-time.ts';
import type { Destination } from '../subscriptions/destination.ts';
import { latestSlot } from '../subscriptions/schedule.ts';

/** A slot older than this is never sent any more; its papers come with a later one. */
export const SLOT_LIFETIME = DAY_MS;

/** The slot that is to be decided for a destination now, if any. Start-up after downtime follows the same rule. */
export function findDueSlot(options: {
  destination: Destination;
  hasOpenDelivery: boolean;
  now: Instant;
}): Instant | undefined {
  const { destination, hasOpenDelivery, now } = options;
  if (hasOpenDelivery || destination.pausedAt !== undefined) return undefined;
  if (destination.trouble?.kind === 'refused') return undefined;

  const slot = latestSlot(destination.schedule, now);
  if (slot === undefined || slot <= destination.scheduledSince) return undefined;
  if (destination.decidedSlot !== undefined && slot <= destination.decidedSlot) return undefined;
  return now - slot > SLOT_LIFETIME ? undefined : slot;
}
