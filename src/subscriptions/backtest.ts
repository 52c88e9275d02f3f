import type { ListDay } from '../calendar/list-day.ts';
import { addDays } from '../calendar/zoned-time.ts';
import type { PaperArchive } from '../papers/paper-archive.ts';
import type { MatchedPaper, PaperSearch } from '../topics/paper-search.ts';
import { allOf, type Query } from '../topics/query/query.ts';

export interface Backtest {
  /** List days looked at, 30 unless the archive has fewer. */
  readonly days: number;
  /** All papers of those days, whatever they are about. */
  readonly listed: number;
  /** Those that strictly match and have the upvotes. */
  readonly papers: readonly MatchedPaper[];
  readonly busiest?: { readonly day: ListDay; readonly papers: number };
}

/** What counting reads: list days of the archive, and a way of searching it. */
export interface CountTools<Way extends keyof PaperSearch> {
  readonly archive: Pick<PaperArchive, 'days'>;
  readonly search: Pick<PaperSearch, Way>;
}

/** A topic as somebody means to follow it. */
export interface Wish {
  readonly query: Query;
  readonly minUpvotes: number;
}

export const BACKTEST_DAYS = 30;

/** What following a topic would have brought lately, newest list day first, then most upvoted. */
export async function runBacktest(
  { query, minUpvotes }: Wish,
  { archive, search }: CountTools<'match'>,
): Promise<Backtest> {
  const days = archive.days(BACKTEST_DAYS);
  const oldest = days.at(-1)?.day;
  if (oldest === undefined) return { days: 0, listed: 0, papers: [] };
  const matches = await search.match(query, { after: addDays(oldest, -1) });
  const papers = matches.filter((paper) => paper.upvotes >= minUpvotes);
  const busiest = findBusiest(papers);
  return {
    days: days.length,
    listed: days.reduce((sum, day) => sum + day.papers, 0),
    papers,
    ...(busiest === undefined ? {} : { busiest }),
  };
}

/** How many papers a topic would have brought lately. */
export async function countPapers(
  { query, minUpvotes }: Wish,
  { archive, search }: CountTools<'count'>,
): Promise<{ readonly days: number; readonly papers: number }> {
  const days = archive.days(BACKTEST_DAYS);
  const oldest = days.at(-1)?.day;
  if (oldest === undefined) return { days: 0, papers: 0 };
  const upvoted = { kind: 'number', field: 'upvotes', comparison: '>=', value: minUpvotes } as const;
  const papers = await search.count(allOf([query, upvoted]), { after: addDays(oldest, -1) });
  return { days: days.length, papers };
}

/** How many papers each of many topics would have brought lately, by their queries. */
export async function countTopics(
  queries: readonly string[],
  { archive, search }: CountTools<'countEach'>,
): Promise<{ readonly days: number; readonly papers: ReadonlyMap<string, number> }> {
  const days = archive.days(BACKTEST_DAYS);
  const oldest = days.at(-1)?.day;
  if (oldest === undefined) return { days: 0, papers: new Map() };
  return { days: days.length, papers: await search.countEach(queries, { after: addDays(oldest, -1) }) };
}

function findBusiest(papers: readonly MatchedPaper[]): Backtest['busiest'] {
  const counts = new Map<ListDay, number>();
  for (const { listDay } of papers) counts.set(listDay, (counts.get(listDay) ?? 0) + 1);
  let busiest: Backtest['busiest'];
  for (const [day, count] of counts) if (count > (busiest?.papers ?? 0)) busiest = { day, papers: count };
  return busiest;
}
