import type { Day, Instant } from '../../calendar/zoned-time.ts';
import { formatDay } from './digest-texts.ts';

/** Discord shows it by the reader's own clock. https://docs.discord.com/developers/reference#message-formatting */
export function timestamp(instant: Instant, style: 'f' | 'R' = 'f'): string {
  return `<t:${Math.floor(instant / 1000)}:${style}>`;
}

const papers = (count: number): string => (count === 1 ? '1 paper' : `${count} papers`);

/** All words of the commands, in one place. */
export const COMMAND_TEXTS = {
  papers,
  sourceBusy: 'Too many look-ups right now. Try again in a minute.',
  sourceFailed: (source: string) =>
    `${source} does not answer at the moment. Please try again in a few minutes.`,
  storageFailed: (reference: string) =>
    `The bot could not read or write its data, and nothing was changed. Please try again in a minute; if it stays, give the operator this reference: \`${reference}\`.`,
  unexpected: (reference: string) =>
    `Something went wrong in the bot, and it was logged. Please try again; if it stays, give the operator this reference: \`${reference}\`.`,
  dayTitle: (day: Day, count: number) => `${formatDay(day)} ${day.slice(0, 4)} · ${papers(count)}`,
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  latestDay: (day: Day) => `Today has no papers; these are the latest, of ${day}.`,
  openPaper: 'Open a paper',
  previous: 'Previous',
  next: 'Next',
  showToChannel: 'Show to channel',
} as const;
