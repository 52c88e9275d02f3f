import type { ListDay } from './list-day.ts';
import { parseWeekday } from './parse-weekday.ts';
import { isDay } from './is-day.ts';
import { addDays, weekdayOf } from './zoned-time.ts';

/** Reads `2026-06-09`, `today`, `yesterday`, or a weekday, which is its latest one; undefined for anything else. */
export function parseListDay(text: string, today: ListDay): ListDay | undefined {
  const words = text.trim().toLowerCase();
  if (isDay(words)) return words;
  if (words === 'today') return today;
  if (words === 'yesterday') return addDays(today, -1);
  const weekday = parseWeekday(words);
  return weekday === undefined ? undefined : addDays(today, -((7 + weekdayOf(today) - weekday) % 7));
}
