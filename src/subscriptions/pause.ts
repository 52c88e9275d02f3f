import type { Instant } from '../calendar/zoned-time.ts';
import type { Destination } from './destination.ts';
import type { DestinationChange } from './destination-store.ts';
import { firstSlot } from './schedule.ts';

/** Stops a destination until a person resumes it, and what is being sent there; pausing twice keeps the first instant. */
export function pauseDestination(destination: Destination, now: Instant): DestinationChange {
  return { destination: { ...destination, pausedAt: destination.pausedAt ?? now }, giveUp: 'paused' };
}

/** Starts a paused or troubled destination again, from its next slot on. */
export function resumeDestination(destination: Destination, now: Instant): Destination {
  const { pausedAt, trouble, ...rest } = destination;
  if (pausedAt === undefined && trouble === undefined) return destination;
  return { ...rest, nextSlot: firstSlot(destination.schedule, now) };
}
