import { type Instant, localTimeAt } from '../calendar/zoned-time.ts';
import type { Destination } from '../subscriptions/destination.ts';

/** Whether a digest may mention the destination's role: each does, but with `instantly` the first of a local day. */
export function mayMention(destination: Destination, now: Instant): boolean {
  const { mention, place, schedule, mentionedAt } = destination;
  if (mention === undefined || place.kind === 'dm') return false;
  if (schedule.at !== 'instantly' || mentionedAt === undefined) return true;
  return localTimeAt(mentionedAt, schedule.zone).day !== localTimeAt(now, schedule.zone).day;
}
