import type { Instant } from '../calendar.ts';
import type { History } from '../history.ts';

/** Real: from the plan of a digest to its message. */
const PLANNED_WITHIN_MS = 7_000;
/** Real: until the bot has heard that its clock was set. */
const HEARD_WITHIN_MS = 1_000;

/** How far the machine's clock may have been ahead when a message was planned that came at `at`; real. */
export function mostAhead({ disturbances }: Pick<History, 'disturbances'>, at: Instant): number {
  return Math.max(
    0,
    ...disturbances
      .filter(({ from, to }) => from <= at && to + PLANNED_WITHIN_MS >= at)
      .map(({ aheadMs = 0 }) => aheadMs),
  );
}

/** Whether the machine's clock may have shown a slot at another time than it came: before it, after it, or twice. */
export function isBlurred({ disturbances, timeline }: History, slot: Instant): boolean {
  return disturbances.some(
    ({ from, to, aheadMs }) =>
      aheadMs !== undefined &&
      slot >= timeline.virtualAt(from) + Math.min(0, aheadMs) &&
      slot <= timeline.virtualAt(to + HEARD_WITHIN_MS) + Math.max(0, aheadMs),
  );
}

/** Whether the machine's clock was wrong at any time between two; real. */
export function wasClockWrong(
  { disturbances }: Pick<History, 'disturbances'>,
  from: Instant,
  to: Instant,
): boolean {
  return disturbances.some((one) => one.aheadMs !== undefined && one.from <= to && one.to >= from);
}
