import type { Weekday } from './zoned-time.ts';

const NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** Reads `mo`, `mon`, `monday` or `mondays` in lower case; undefined for anything else. */
export function parseWeekday(word: string): Weekday | undefined {
  const singular = word.length > 5 && word.endsWith('days') ? word.slice(0, -1) : word;
  if (singular.length < 2) return undefined;
  const matches = WEEKDAYS.filter((day) => NAMES[day - 1]?.startsWith(singular));
  return matches.length === 1 ? matches[0] : undefined;
}
