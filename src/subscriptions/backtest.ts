import type { ListDay } from '../calendar/list-day.ts';
import type { PaperArchive } from '../papers/paper-archive.ts';
import type { ArchivedPaper } from '../papers/paper.ts';

export interface Backtest {
  /** List days looked at, 30 unless the archive has fewer. */
  readonly days: number;
  readonly total: number;
  readonly perDay: number;
  readonly busiest?: { readonly day: ListDay; readonly papers: number };
  /** The newest ones. */
  readonly samples: readonly ArchivedPaper[];
}

const BACKTEST_DAYS = 30;
const SAMPLES = 3;

/** What following every paper from `minUpvotes` upvotes on would have brought lately. */
export function backtestEveryPaper(archive: PaperArchive, minUpvotes: number): Backtest {
  const days = archive.days(BACKTEST_DAYS).map(({ day }) => {
    const papers = archive.papersOfDay(day).filter((paper) => paper.upvotes >= minUpvotes);
    return { day, papers };
  });
  let total = 0;
  let busiest: Backtest['busiest'];
  for (const { day, papers } of days) {
    total += papers.length;
    if (papers.length > (busiest?.papers ?? 0)) busiest = { day, papers: papers.length };
  }
  return {
    days: days.length,
    total,
    perDay: days.length === 0 ? 0 : total / days.length,
    samples: days.flatMap(({ papers }) => papers).slice(0, SAMPLES),
    ...(busiest === undefined ? {} : { busiest }),
  };
}
