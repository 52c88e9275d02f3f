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
const MOST_KEPT = 100_000;

/** Keeps what was found: a year of 500 places asks for the same few days again and again. */
function remember<Asked extends readonly (string | number)[], Found>(
  find: (...asked: Asked) => Found,
): (...asked: Asked) => Found {
  const kept = new Map<string, Found>();
  return (...asked) => {
    const key = asked.join(' ');
    const found = kept.get(key) ?? find(...asked);
    if (kept.size > MOST_KEPT) kept.clear();
    kept.set(key, found);
    return found;
  };
}

const localMinute = remember((minute: number, zone: string) => {
  const local = DateTime.fromMillis(minute * MINUTE_MS, { zone });
  return { day: local.toFormat('yyyy-MM-dd'), minute: local.hour * 60 + local.minute };
});

/** The day that clocks in `zone` show, and the minute of it. */
export function localTimeAt(at: Instant, zone: string): { readonly day: Day; readonly minute: number } {
  return localMinute(Math.floor(at / MINUTE_MS), zone);
}

/**
 * When clocks in `zone` show a minute of a day: the first time where they do so twice, and the next minute that they do
 * show where a clock change leaves it out.
 */
export const instantOfLocalTime = remember((day: Day, minute: number, zone: string): Instant => {
  for (let shown = minute; ; shown += 1) {
    const found = findLocalTime(addDays(day, Math.floor(shown / MINUTES_A_DAY)), shown % MINUTES_A_DAY, zone);
    if (found !== undefined) return found;
  }
});

function findLocalTime(day: Day, minute: number, zone: string): Instant | undefined {
  const wall = DateTime.fromISO(day, { zone }).set({ hour: Math.floor(minute / 60), minute: minute % 60 });
  const isShown = wall.hour * 60 + wall.minute === minute && wall.toFormat('yyyy-MM-dd') === day;
  return isShown ? Math.min(...wall.getPossibleOffsets().map((one) => one.toMillis())) : undefined;
}

export const addDays = remember((day: Day, days: number): Day =>
  DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd'),
);

/** 1 is Monday. */
export const weekdayOf = remember((day: Day): number => DateTime.fromISO(day, { zone: 'utc' }).weekday);

/** The day whose list papers are on that Hugging Face lists at an instant. */
export function listDayAt(at: Instant): Day {
  const { day, minute } = localTimeAt(at, LIST_DAY_ZONE);
  return minute >= LIST_DAY_BEGINS ? addDays(day, 1) : day;
}

/** `2026-06-09` as `Tue 9 June 2026`. */
export function formatFullDay(day: Day): string {
  return `${formatDay(day)} ${day.slice(0, 4)}`;
}

/** `2026-06-09` as `Tue 9 June`. */
export function formatDay(day: Day): string {
  return DateTime.fromISO(day, { zone: 'utc', locale: 'en' }).toFormat('ccc d LLLL');
}
