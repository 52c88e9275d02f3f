import type { Day } from '../../calendar/zoned-time.ts';

const DAY = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
});

/** Formatting takes long, and all digests of a morning have the same few days. */
const DAYS_KEPT = 100;
const formatted = new Map<Day, string>();

/** `2026-06-09` as `Tue 9 June`. */
export function formatDay(day: Day): string {
  const known = formatted.get(day);
  if (known !== undefined) return known;
  const text = DAY.format(new Date(`${day}T00:00:00Z`)).replace(',', '');
  if (formatted.size >= DAYS_KEPT) formatted.clear();
  formatted.set(day, text);
  return text;
}

const papers = (count: number): string => (count === 1 ? '1 paper' : `${count} papers`);

/** The words around the papers of a digest. */
export const DIGEST_TEXTS = {
  heading: (newest: Day, count: number) => `${formatDay(newest)} · ${papers(count)}`,
  fromDay: (count: number, day: Day) => `, ${count} of them from ${formatDay(day)}`,
  fromEarlierDays: (count: number) => `, ${count} of them from earlier days`,
  morePapers: (newest: Day, count: number) =>
    `${formatDay(newest)} · ${count === 1 ? '1 more paper' : `${count} more papers`}`,
  openPaper: 'Open a paper',
  openPaperOf: (first: number, last: number) => `Open a paper, ${first} to ${last}`,
  /** The mark and the number stay on one line. */
  votes: (count: number) => `▲\u00a0${count}`,
  stars: (count: number) => `★\u00a0${count}`,
  upvotes: (count: number) => (count === 1 ? '1 upvote' : `${count} upvotes`),
} as const;
