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
  const words = text.trim().toLowerCase();
  const named = Object.hasOwn(NAMED, words) ? NAMED[words] : undefined;
  const at = named ?? parseClock(words);
  if (at === undefined) throw new UserError('time-not-readable', { text });
  return at;
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
