import { isDay } from './is-day.ts';
import {
  addDays,
  type Day,
  type Instant,
  instantOfLocalTime,
  localTimeAt,
  MINUTE_MS,
  parseWeekday,
  weekdayOf,
} from './zoned-time.ts';

/**
 * Hugging Face's day: from 21:30 New York on the day before to 21:30 on the day itself. The same rule as
 * `currentDailyFeedDate` in https://github.com/huggingface/hf-mcp-server.
 */
export type ListDay = Day;

/** The first list day that exists. */
export const FIRST_LIST_DAY: ListDay = '2023-05-04';

const ZONE = 'America/New_York';
const ROLLOVER_MINUTE = 21 * 60 + 30;

const MINUTES_KEPT = 1000;
/** By the minute: at nine o'clock a thousand destinations ask for the same few. */
const daysOfMinutes = new Map<number, ListDay>();

export function listDayAt(instant: Instant): ListDay {
  const key = Math.floor(instant / MINUTE_MS);
  const known = daysOfMinutes.get(key);
  if (known !== undefined) return known;
  const { day, minute } = localTimeAt(instant, ZONE);
  const listDay = minute >= ROLLOVER_MINUTE ? addDays(day, 1) : day;
  if (daysOfMinutes.size >= MINUTES_KEPT) daysOfMinutes.clear();
  daysOfMinutes.set(key, listDay);
  return listDay;
}

export function listDayStart(day: ListDay): Instant {
  return instantOfLocalTime(addDays(day, -1), ROLLOVER_MINUTE, ZONE);
}

/** The first instant that is no longer in the list day. */
export function listDayEnd(day: ListDay): Instant {
  return instantOfLocalTime(day, ROLLOVER_MINUTE, ZONE);
}

/** Saturdays and Sundays have no list of their own. */
export function isWeekend(day: ListDay): boolean {
  return weekdayOf(day) >= 6;
}

/** Reads `2026-06-09`, `today`, `yesterday`, or a weekday, which is its latest one; undefined for anything else. */
export function parseListDay(text: string, today: ListDay): ListDay | undefined {
  const words = text.trim().toLowerCase();
  if (isDay(words)) return words;
  if (words === 'today') return today;
  if (words === 'yesterday') return addDays(today, -1);
  const weekday = parseWeekday(words);
  return weekday === undefined ? undefined : addDays(today, -((7 + weekdayOf(today) - weekday) % 7));
}
