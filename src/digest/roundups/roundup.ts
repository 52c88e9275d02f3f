import type { ListDay } from '../../calendar/list-day.ts';
import type { PlannedStep } from '../../delivery/delivery.ts';
import type { SavedHere } from '../../for-you/choices.ts';
import type { Destination } from '../../subscriptions/destination.ts';
import type { RoundupSlot } from '../../subscriptions/roundup-schedule.ts';
import type { GrowingTopic, Trends, TrendUnit } from '../../topics/trends.ts';

/** What a week or month brought to one destination, in ids and numbers. */
export interface Roundup {
  readonly unit: TrendUnit;
  /** Its last list day. */
  readonly until: ListDay;
  /** How many papers were listed of what is followed there. */
  readonly papers: number;
  /** Ids of the most upvoted of them, best first. */
  readonly top: readonly string[];
  /** What was saved most in its server since the week or month began; none by direct message. */
  readonly saved: readonly SavedHere[];
  readonly growing: readonly GrowingTopic[];
  /** To be drawn; of no topics where there is nothing to draw. */
  readonly trends: Trends;
}

/** The message of a roundup, as the first step of a delivery. */
export type LayOutRoundup = (
  roundup: Roundup,
  options: { readonly deliveryId: string; readonly destination: Destination; readonly key: string },
) => PlannedStep;

/** What its record is kept under, in place of the id of a paper: each list day ends one week or month at most. */
export function roundupKey(unit: TrendUnit, { until }: Pick<RoundupSlot, 'until'>): string {
  return `${unit}#${until}`;
}
