import { DAY_MS, type Instant } from '../audit/calendar.ts';

/** Those that show in a minute many times over, whatever the seed and however slow the machine. */
export const SOON_CAUGHT = [
  'an-hour-late',
  'copy-to-owner',
  'fewest-votes-first',
  'missed-while-off',
  'news-without-records',
  'no-overlap',
  'old-papers',
] as const;

const A_DAY = 3;

/** Three of them, the next three on the next day. */
export function pickForDay(at: Instant): readonly string[] {
  const first = Math.floor(at / DAY_MS) * A_DAY;
  return Array.from({ length: A_DAY }, (_, index) => SOON_CAUGHT[(first + index) % SOON_CAUGHT.length] ?? '');
}
