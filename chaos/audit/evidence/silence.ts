import type { Instant } from '../calendar.ts';
import type { History } from '../history.ts';
import type { PlaceEvidence } from './place.ts';

/** Real: how long after a request that failed its message may show. */
const SHOWN_WITHIN_MS = 1_000;

/**
 * Whether a place had surely been paused, or nothing was followed there any more, when a message showed, and longer than
 * what was under way may take.
 */
export function wasSilent(history: History, { destination, reigns }: PlaceEvidence, at: Instant): boolean {
  return reigns.some(
    ({ settings, sureFrom, sureTo }) =>
      settings?.isPaused !== false &&
      sureFrom < at &&
      at < sureTo &&
      !mayBeLate(history, destination, { since: sureFrom, at }),
  );
}

/** Whether a message may be of a request that left by `since` and had its effect later. */
export function mayBeLate(
  { disturbances }: History,
  { channelId }: PlaceEvidence['destination'],
  { since, at }: { readonly since: Instant; readonly at: Instant },
): boolean {
  return disturbances.some(
    (one) =>
      one.kind === 'request' &&
      one.channelId === channelId &&
      one.from <= since &&
      one.to >= at - SHOWN_WITHIN_MS,
  );
}
