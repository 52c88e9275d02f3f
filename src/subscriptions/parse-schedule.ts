import { parseWeekday, type Weekday } from '../calendar/zoned-time.ts';
import { UserError } from '../errors.ts';
import type { Schedule } from './destination.ts';

const CLOCK = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?(?:\s*o'clock)?$/;
const NAMED: Readonly<Record<string, Schedule['at']>> = {
  instantly: 'instantly',
  noon: 12 * 60,
  midnight: 0,
};

/** Reads `9`, `09:00`, `9am`, `21:30`, `noon` or `instantly`. Raises `time-not-readable`. */
export function parseTime(text: string): Schedule['at'] {
  const at = findTime(text);
  if (at === undefined) throw new UserError('time-not-readable', { text });
  return at;
}

/** Reads what `parseTime` reads, but for `instantly`. Raises `no-time-of-day`. */
export function parseTimeOfDay(text: string): number {
  const at = findTime(text);
  if (at === undefined || at === 'instantly') throw new UserError('no-time-of-day', { text });
  return at;
}

function findTime(text: string): Schedule['at'] | undefined {
  const words = text.trim().toLowerCase();
  return (Object.hasOwn(NAMED, words) ? NAMED[words] : undefined) ?? parseClock(words);
}

function parseClock(words: string): number | undefined {
  const parts = CLOCK.exec(words);
  if (parts === null) return undefined;
  const hour = Number(parts[1]);
  const minute = Number(parts[2] ?? 0);
  const half = parts[3]?.replaceAll('.', '');
  if (minute > 59) return undefined;
  if (half === undefined) return hour > 23 ? undefined : hour * 60 + minute;
  if (hour < 1 || hour > 12) return undefined;
  return ((hour % 12) + (half === 'pm' ? 12 : 0)) * 60 + minute;
}

const EVERY_DAY: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const GROUPS: Readonly<Record<string, readonly Weekday[]>> = {
  daily: EVERY_DAY,
  everyday: EVERY_DAY,
  weekdays: [1, 2, 3, 4, 5],
  weekday: [1, 2, 3, 4, 5],
  weekends: [6, 7],
  weekend: [6, 7],
};

/** Reads `daily`, `weekdays`, `mon`, `mon, thu`, `mon-fri` or `mon to fri`; the days come sorted. Raises `days-not-readable`. */
export function parseDays(text: string): readonly Weekday[] {
  const words = text
    .toLowerCase()
    .replaceAll(/every day/g, 'daily')
    .replaceAll(/\s+(?:to|through)\s+/g, '-')
    .replaceAll(/\s*[-–]\s*/g, '-')
    .split(/[\s,;&+/]+|\band\b/)
    .filter((word) => word !== '');
  const days = new Set<Weekday>();
  for (const word of words) {
    const found = parseWord(word);
    if (found === undefined) throw new UserError('days-not-readable', { text: word });
    for (const day of found) days.add(day);
  }
  if (days.size === 0) throw new UserError('days-not-readable', { text });
  return EVERY_DAY.filter((day) => days.has(day));
}

function parseWord(word: string): readonly Weekday[] | undefined {
  if (Object.hasOwn(GROUPS, word)) return GROUPS[word];
  const [from, to, ...more] = word.split('-').map(parseWeekday);
  if (from === undefined || more.length > 0) return undefined;
  if (!word.includes('-')) return [from];
  return to === undefined ? undefined : daysFromTo(from, to);
}

function daysFromTo(from: Weekday, to: Weekday): readonly Weekday[] {
  const inOrder = EVERY_DAY.filter((day) => day >= from && day <= to);
  return from <= to ? inOrder : EVERY_DAY.filter((day) => day >= from || day <= to);
}
