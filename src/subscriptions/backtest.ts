import type { ListDay } from '../calendar/list-day.ts';
import { addDays } from '../calendar/zoned-time.ts';
import type { PaperArchive } from '../papers/paper-archive.ts';
import type { MatchedPaper, PaperSearch } from '../topics/paper-search.ts';
import { allOf, type Query } from '../topics/query/query.ts';
import { weighEqually } from '../topics/taste.ts';

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

const BACKTEST_DAYS = 30;

/** What following a topic would have brought lately, newest list day first, then most upvoted. */
export async function runBacktest(
  { query, minUpvotes }: Wish,
  { archive, search }: CountTools<'match'>,
): Promise<Backtest> {
  const { days, range } = lastDays(archive);
  if (range === undefined) return { days: 0, listed: 0, papers: [] };
  const matches = await search.match(query, range);
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
  const { days, range } = lastDays(archive);
  if (range === undefined) return { days: 0, papers: 0 };
  const upvoted = { kind: 'number', field: 'upvotes', comparison: '>=', value: minUpvotes } as const;
  const papers = await search.count(allOf([query, upvoted]), range);
  return { days: days.length, papers };
}

/** How many papers each of many topics would have brought lately, by their queries. */
export async function countTopics(
  queries: readonly string[],
  { archive, search }: CountTools<'countEach'>,
): Promise<{ readonly days: number; readonly papers: ReadonlyMap<string, number> }> {
  const { days, range } = lastDays(archive);
  if (range === undefined) return { days: 0, papers: new Map() };
  return { days: days.length, papers: await search.countEach(queries, range) };
}

/** The list days that are looked at, and the range of their papers; undefined while there are none. */
function lastDays(archive: Pick<PaperArchive, 'days'>) {
  const days = archive.days(BACKTEST_DAYS);
  const oldest = days.at(-1)?.day;
  return { days, range: oldest === undefined ? undefined : { after: addDays(oldest, -1) } };
}

function findBusiest(papers: readonly MatchedPaper[]): Backtest['busiest'] {
  const counts = new Map<ListDay, number>();
  for (const { listDay } of papers) counts.set(listDay, (counts.get(listDay) ?? 0) + 1);
  let busiest: Backtest['busiest'];
  for (const [day, count] of counts) if (count > (busiest?.papers ?? 0)) busiest = { day, papers: count };
  return busiest;
}

/** How many papers somebody wants of a topic by example. */
export type Volume = 'few' | 'some' | 'many';

const PAPERS_A_WEEK: Readonly<Record<Volume, number>> = { few: 2, some: 5, many: 15 };

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
  const { days, range } = lastDays(archive);
  if (range === undefined || days.length < FEWEST_DAYS) return USUAL[volume];
  const wanted = Math.round((PAPERS_A_WEEK[volume] * days.length) / DAYS_A_WEEK);
  const picks = await search.pick({
    examples: weighEqually(examples),
    avoided: [],
    range,
    without: [],
    limit: wanted,
  });
  return Math.max(LEAST, Math.floor((picks.at(-1)?.score ?? 0) * 1_000));
}
