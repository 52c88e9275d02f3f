import type { Weekday } from '../calendar/zoned-time.ts';
import { UserError } from '../errors.ts';

const NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const EVERY_DAY: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const GROUPS: Readonly<Record<string, readonly Weekday[]>> = {
  daily: EVERY_DAY,
  everyday: EVERY_DAY,
  weekdays: [1, 2, 3, 4, 5],
  weekends: [6, 7],
  weekend: [6, 7],
};

/** Reads `daily`, `weekdays`, `mon`, `mon, thu` or `mon-fri`; the days come sorted. Raises `days-not-readable`. */
export function parseDays(text: string): readonly Weekday[] {
  const words = text
    .toLowerCase()
    .replaceAll(/every day/g, 'daily')
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
  const [from, to, ...more] = word.split('-').map(parseName);
  if (from === undefined || more.length > 0) return undefined;
  if (!word.includes('-')) return [from];
  return to === undefined ? undefined : daysFromTo(from, to);
}

function parseName(word: string): Weekday | undefined {
  const singular = word.length > 5 && word.endsWith('days') ? word.slice(0, -1) : word;
  if (singular.length < 2) return undefined;
  const matches = EVERY_DAY.filter((day) => NAMES[day - 1]?.startsWith(singular));
  return matches.length === 1 ? matches[0] : undefined;
}

function daysFromTo(from: Weekday, to: Weekday): readonly Weekday[] {
  const inOrder = EVERY_DAY.filter((day) => day >= from && day <= to);
  return from <= to ? inOrder : EVERY_DAY.filter((day) => day >= from || day <= to);
}
