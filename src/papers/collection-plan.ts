import { type ListDay, listDayAt, listDayEnd } from '../calendar/list-day.ts';
import { addDays, HOUR_MS, type Instant, MINUTE_MS } from '../calendar/zoned-time.ts';

export interface CollectionPlan {
  /** The current list day, and the previous one until it has settled. Digests wait for these alone. */
  readonly required: readonly ListDay[];
  /** What was missed in the last 30 days, and settled days whose votes, comments and code links still grow. */
  readonly older: readonly ListDay[];
}

export const COLLECT_EVERY = 10 * MINUTE_MS;
/** Also how long an older day that failed is left alone. */
export const COLLECT_OLDER_EVERY = 3 * HOUR_MS;

const DAYS_BACK = 30;
const REFRESH_DAYS = 7;

/** The first day that `planCollection` looks at. */
export function firstPlannedDay(now: Instant): ListDay {
  return addDays(listDayAt(now), 1 - DAYS_BACK);
}

/** Each list is newest day first. A day has settled once it was collected at or after its end. */
export function planCollection(now: Instant, collectedDays: ReadonlyMap<ListDay, Instant>): CollectionPlan {
  const today = listDayAt(now);
  const required: ListDay[] = [today];
  const older: ListDay[] = [];
  for (let back = 1; back < DAYS_BACK; back++) {
    const day = addDays(today, -back);
    const collectedAt = collectedDays.get(day);
    if (collectedAt === undefined || collectedAt < listDayEnd(day)) (back === 1 ? required : older).push(day);
    else if (back < REFRESH_DAYS && now - collectedAt >= COLLECT_OLDER_EVERY) older.push(day);
  }
  return { required, older };
}
