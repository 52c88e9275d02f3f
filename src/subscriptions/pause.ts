import type { Instant } from '../calendar/zoned-time.ts';
import type { Destination } from './destination.ts';

/** Stops a destination until a person resumes it; pausing twice keeps the first instant. */
export function pauseDestination(destination: Destination, now: Instant): Destination {
  return { ...destination, pausedAt: destination.pausedAt ?? now };
}

/** Starts a paused or troubled destination again, from its next slot on. */
export function resumeDestination(destination: Destination, now: Instant): Destination {
  const { pausedAt, trouble, ...rest } = destination;
  if (pausedAt === undefined && trouble === undefined) return destination;
  return { ...rest, scheduledSince: now };
}
