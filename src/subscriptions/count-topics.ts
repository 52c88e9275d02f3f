import { addDays } from '../calendar/zoned-time.ts';
import type { PaperArchive } from '../papers/paper-archive.ts';
import type { MatchTopics } from '../topics/match-topics.ts';
import { BACKTEST_DAYS } from './backtest.ts';

export interface TopicCounts {
  /** List days looked at, 30 unless the archive has fewer. */
  readonly days: number;
  /** Papers of those days, by the query that they strictly match. */
  readonly papers: ReadonlyMap<string, number>;
}

export interface CountTools {
  readonly archive: Pick<PaperArchive, 'days'>;
  readonly matchTopics: MatchTopics;
}

/** How many papers each of many topics would have brought lately. Raises `StorageError`. */
export async function countTopics(
  queries: readonly string[],
  { archive, matchTopics }: CountTools,
): Promise<TopicCounts> {
  const days = archive.days(BACKTEST_DAYS);
  const oldest = days.at(-1)?.day;
  if (oldest === undefined) return { days: 0, papers: new Map() };
  const matches = await matchTopics(queries, { after: addDays(oldest, -1) });
  return {
    days: days.length,
    papers: new Map(
      [...matches].flatMap(([query, papers]) => (papers === 'failed' ? [] : [[query, papers.length]])),
    ),
  };
}
