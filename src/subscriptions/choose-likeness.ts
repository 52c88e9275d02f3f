import { addDays } from '../calendar/zoned-time.ts';
import type { PaperArchive } from '../papers/paper-archive.ts';
import type { PaperSearch } from '../topics/paper-search.ts';
import { weighEqually } from '../topics/weigh-examples.ts';
import { BACKTEST_DAYS } from './backtest.ts';

/** How many papers somebody wants of a topic by example. */
export type Volume = 'few' | 'some' | 'many';

export const PAPERS_A_WEEK: Readonly<Record<Volume, number>> = { few: 2, some: 5, many: 15 };

const DAYS_A_WEEK = 5;
/** Too few days tell nothing: these are the usual ones of ten thousand papers. */
const FEWEST_DAYS = 10;
const USUAL: Readonly<Record<Volume, number>> = { few: 110, some: 80, many: 50 };
/** Less is no likeness at all, however many are wanted. */
const LEAST = 20;

/** How like the examples a paper must be, in thousandths, so that about so many would have come lately. */
export async function chooseLikeness(
  examples: readonly string[],
  volume: Volume,
  { archive, search }: { archive: Pick<PaperArchive, 'days'>; search: Pick<PaperSearch, 'pick'> },
): Promise<number> {
  const days = archive.days(BACKTEST_DAYS);
  const oldest = days.at(-1)?.day;
  if (oldest === undefined || days.length < FEWEST_DAYS) return USUAL[volume];
  const wanted = Math.round((PAPERS_A_WEEK[volume] * days.length) / DAYS_A_WEEK);
  const picks = await search.pick({
    examples: weighEqually(examples),
    avoided: [],
    range: { after: addDays(oldest, -1) },
    without: [],
    limit: wanted,
  });
  return Math.max(LEAST, Math.floor((picks.at(-1)?.score ?? 0) * 1_000));
}
