import { Temporal } from 'temporal-polyfill';

/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;
/** A calendar day, `YYYY-MM-DD`, of no particular zone. Compares as a string. */
export type Day = string;
/** 1 is Monday, 7 is Sunday (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const WEEKDAY_NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The canonical spelling of an IANA zone (`europe/berlin` gives `Europe/Berlin`); undefined for anything else. */
export function parseZone(text: string): string | undefined {
  try {
    const zone = new Intl.DateTimeFormat('en', { timeZone: text.trim() }).resolvedOptions().timeZone;
    return /^[+-]/.test(zone) ? undefined : zone;
  } catch {
    return undefined;
  }
}

/** The calendar day and the minute of that day (0 to 1439) that clocks in `zone` show at an instant. */
export function localTimeAt(instant: Instant, zone: string): { readonly day: Day; readonly minute: number } {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return { day: local.toPlainDate().toString(), minute: local.hour * 60 + local.minute };
}

/**
 * The instant at which clocks in `zone` show `minute` of `day`. A time that a clock change skips gives the next
 * instant that exists; one that happens twice gives the first.
 */
export function instantOfLocalTime(day: Day, minute: number, zone: string): Instant {
  const wall = Temporal.PlainDate.from(day).toPlainDateTime({
    hour: Math.floor(minute / 60),
    minute: minute % 60,
  });
  const before = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (before.toPlainDateTime().equals(wall)) return before.epochMilliseconds;
  const change = before.getTimeZoneTransition('next');
  return (change ?? wall.toZonedDateTime(zone)).epochMilliseconds;
}

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, day.length);
}

export function weekdayOf(day: Day): Weekday {
  const { dayOfWeek } = Temporal.PlainDate.from(day);
  return WEEKDAYS.find((weekday) => weekday === dayOfWeek) ?? 7;
}

/** Reads `mo`, `mon`, `monday` or `mondays` in lower case; undefined for anything else. */
export function parseWeekday(word: string): Weekday | undefined {
  const singular = word.length > 5 && word.endsWith('days') ? word.slice(0, -1) : word;
  if (singular.length < 2) return undefined;
  const matches = WEEKDAYS.filter((day) => WEEKDAY_NAMES[day - 1]?.startsWith(singular));
  return matches.length === 1 ? matches[0] : undefined;
}
