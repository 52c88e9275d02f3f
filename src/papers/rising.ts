import { type ListDay, listDayStart } from '../calendar/list-day.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../calendar/zoned-time.ts';

/** Below this a few friends make a paper rise. */
const FEWEST_VOTES = 10;
const TOP_SHARE = 0.1;
/** A day with a lively list has many good papers: what is enough on two days of three is ahead of the usual. */
const USUAL_SHARE = 2 / 3;
/** How many list days show what is usual. */
export const USUAL_DAYS = 30;
/** Votes hardly grow after that. */
const OLDEST_DAYS = 7;

/**
 * The age at which votes of a list day are compared with those of other days: hours since it began, on its first day
 * each one, later each 24th. One week at most.
 */
export function ageOfDay(day: ListDay, seenAt: Instant): number {
  const ms = Math.max(0, seenAt - listDayStart(day));
  if (ms < DAY_MS) return Math.floor(ms / HOUR_MS);
  return Math.min(OLDEST_DAYS, Math.floor(ms / DAY_MS)) * 24;
}

/** The votes with which the top tenth of a day's papers begins; undefined for a day without papers. */
export function topTenthFrom(votes: readonly number[]): number | undefined {
  const best = votes.toSorted((a, b) => b - a);
  return best[Math.floor((best.length - 1) * TOP_SHARE)];
}

/**
 * The votes from which a paper of a list day rises: it is in the top tenth of its day, and would be in that of most of
 * the last days at that age. `own` and `usual` are what `topTenthFrom` said of the day and of each of these days.
 */
export function risingFrom(own: number, usual: readonly number[]): number {
  const sorted = usual.toSorted((a, b) => a - b);
  const often = sorted[Math.ceil(sorted.length * USUAL_SHARE) - 1] ?? own;
  return Math.max(FEWEST_VOTES, own, often);
}
