import { HOUR_MS, type Instant, MINUTE_MS } from '../calendar/zoned-time.ts';

/** `from-archive`: what the archive has may be sent, but having nothing proves nothing. */
export type Readiness = 'ready' | 'from-archive' | 'waiting';

const FRESH_BEFORE_SLOT_MS = 10 * MINUTE_MS;
/** How long a slot waits for a collection. */
export const PATIENCE_MS = 2 * HOUR_MS;

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
