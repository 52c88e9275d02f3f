import { type ListDay, listDayAt, listDayEnd } from '../calendar/list-day.ts';
import { addDays, HOUR_MS, type Instant } from '../calendar/zoned-time.ts';

export interface CollectionPlan {
  /** The current list day, and every one of the last 30 that has not settled; newest first. */
  readonly required: readonly ListDay[];
  /** Settled days whose votes, comments and code links still grow. */
  readonly refresh: readonly ListDay[];
}

const DAYS_BACK = 30;
const REFRESH_DAYS = 7;
const REFRESH_EVERY = 3 * HOUR_MS;

/** The first day that `planCollection` looks at. */
export function firstPlannedDay(now: Instant): ListDay {
  return addDays(listDayAt(now), 1 - DAYS_BACK);
}

/** A day has settled once it was collected at or after its end. */
export function planCollection(now: Instant, collectedDays: ReadonlyMap<ListDay, Instant>): CollectionPlan {
  const today = listDayAt(now);
  const required: ListDay[] = [today];
  const refresh: ListDay[] = [];
  for (let back = 1; back < DAYS_BACK; back++) {
    const day = addDays(today, -back);
    const collectedAt = collectedDays.get(day);
    if (collectedAt === undefined || collectedAt < listDayEnd(day)) required.push(day);
    else if (back < REFRESH_DAYS && now - collectedAt >= REFRESH_EVERY) refresh.push(day);
  }
  return { required, refresh };
}
