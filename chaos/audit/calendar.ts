import { DateTime } from 'luxon';
import { LIST_DAY_BEGINS, LIST_DAY_ZONE } from './rules.ts';

/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;
/** `YYYY-MM-DD`, of no particular zone. */
export type Day = string;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const MINUTES_A_DAY = 24 * 60;

/** The day that clocks in `zone` show, and the minute of it. */
export function localTimeAt(at: Instant, zone: string): { readonly day: Day; readonly minute: number } {
  const local = DateTime.fromMillis(at, { zone });
  return { day: local.toFormat('yyyy-MM-dd'), minute: local.hour * 60 + local.minute };
}

/**
 * When clocks in `zone` show a minute of a day: the first time where they do so twice, and the next minute that they do
 * show where a clock change leaves it out.
 */
export function instantOfLocalTime(day: Day, minute: number, zone: string): Instant {
  for (let shown = minute; ; shown += 1) {
    const found = findLocalTime(addDays(day, Math.floor(shown / MINUTES_A_DAY)), shown % MINUTES_A_DAY, zone);
    if (found !== undefined) return found;
  }
}

function findLocalTime(day: Day, minute: number, zone: string): Instant | undefined {
  const wall = DateTime.fromISO(day, { zone }).set({ hour: Math.floor(minute / 60), minute: minute % 60 });
  const isShown = wall.hour * 60 + wall.minute === minute && wall.toFormat('yyyy-MM-dd') === day;
  return isShown ? Math.min(...wall.getPossibleOffsets().map((one) => one.toMillis())) : undefined;
}

export function addDays(day: Day, days: number): Day {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd');
}

/** 1 is Monday. */
export function weekdayOf(day: Day): number {
  return DateTime.fromISO(day, { zone: 'utc' }).weekday;
}

const MOST_KEPT = 100_000;
const listDays = new Map<number, Day>();

/** The day whose list papers are on that Hugging Face lists at an instant. */
export function listDayAt(at: Instant): Day {
  const key = Math.floor(at / MINUTE_MS);
  const kept = listDays.get(key);
  if (kept !== undefined) return kept;
  const { day, minute } = localTimeAt(at, LIST_DAY_ZONE);
  const listDay = minute >= LIST_DAY_BEGINS ? addDays(day, 1) : day;
  if (listDays.size > MOST_KEPT) listDays.clear();
  listDays.set(key, listDay);
  return listDay;
}
