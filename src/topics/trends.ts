import type { ListDay } from '../calendar/list-day.ts';
import { addDays } from '../calendar/zoned-time.ts';
import type { ListDayRange, PaperSearch } from './paper-search.ts';
import { parseQuery } from './query/parse-query.ts';
import { isForYou, type Topic } from './topic.ts';

export type TrendUnit = 'week' | 'month';

/** How many papers topics had in each of some periods of list days, the oldest first. */
export interface Trends {
  readonly unit: TrendUnit;
  /** The last day of each period. */
  readonly ends: readonly ListDay[];
  /** All papers of each period; 0 where the archive has none. */
  readonly totals: readonly number[];
  readonly topics: readonly TopicTrend[];
}

export interface TopicTrend {
  readonly name: string;
  /** In each period. */
  readonly papers: readonly number[];
}

/** Some periods of a trend taken together. */
export interface Share {
  readonly papers: number;
  readonly periods: number;
  /** Of all papers, 0 to 1. */
  readonly share: number;
}

/** A picture shows no more lines that can be told apart. */
export const MOST_TRENDS = 5;
/** How many periods are taken together to say how it is now and how it was: one alone has few papers. */
const TOGETHER = { week: 4, month: 3 } as const;

/** Weeks of seven list days, the last of which ends with a day: every one has each weekday once. */
export function lastWeeks(until: ListDay, weeks: number): readonly ListDayRange[] {
  return Array.from({ length: weeks }, (_, at) => {
    const end = addDays(until, -7 * (weeks - 1 - at));
    return { after: addDays(end, -7), until: end };
  });
}

/** The calendar months that are over by a day, so many at most. */
export function lastMonths(until: ListDay, months: number): readonly ListDayRange[] {
  const found: ListDayRange[] = [];
  let next = monthStart(addDays(until, 1));
  while (found.length < months) {
    const start = monthStart(addDays(next, -1));
    found.unshift({ after: addDays(start, -1), until: addDays(next, -1) });
    next = start;
  }
  return found;
}

function monthStart(day: ListDay): ListDay {
  return `${day.slice(0, 7)}-01`;
}

/**
 * The trends of topics; periods before the first papers of the archive are left out. Raises `StorageError`, and what
 * `countByDay` raises.
 */
export async function findTrends(
  {
    topics,
    unit,
    periods,
  }: Pick<Trends, 'unit'> & {
    readonly topics: readonly Topic[];
    readonly periods: readonly ListDayRange[];
  },
  countByDay: PaperSearch['countByDay'],
): Promise<Trends> {
  const range = { after: periods[0]?.after ?? '', until: periods.at(-1)?.until ?? '' };
  const drawn = topics.filter((topic) => !isForYou(topic));
  const [all = new Map(), ...each] = await countByDay(
    ['', ...drawn.map(({ query }) => query)].map((query) => parseQuery(query)),
    range,
  );
  const totals = sumPeriods(all, periods);
  const first = totals.findIndex((papers) => papers > 0);
  const from = first < 0 ? periods.length : first;
  return {
    unit,
    ends: periods.slice(from).map(({ until }) => until ?? ''),
    totals: totals.slice(from),
    topics: drawn.map(({ name }, at) => ({
      name,
      papers: sumPeriods(each[at] ?? new Map(), periods).slice(from),
    })),
  };
}

function sumPeriods(days: ReadonlyMap<ListDay, number>, periods: readonly ListDayRange[]): readonly number[] {
  return periods.map(({ after = '', until = '' }) => {
    const own = [...days].filter(([day]) => day > after && day <= until);
    return sum(own.map(([, papers]) => papers));
  });
}

/** How it is now, and how it was in as many periods at the beginning; undefined where that is too short a time. */
export function compareEnds(
  { unit, totals }: Pick<Trends, 'unit' | 'totals'>,
  { papers }: TopicTrend,
): { readonly now: Share; readonly before: Share } | undefined {
  const known = totals.flatMap((total, at) => (total > 0 ? [{ total, papers: papers[at] ?? 0 }] : []));
  const together = Math.min(TOGETHER[unit], Math.floor(known.length / 2));
  if (together < 1) return undefined;
  return { now: addUp(known.slice(-together)), before: addUp(known.slice(0, together)) };
}

function addUp(periods: readonly { readonly total: number; readonly papers: number }[]): Share {
  const papers = sum(periods.map((one) => one.papers));
  return { papers, periods: periods.length, share: papers / sum(periods.map(({ total }) => total)) };
}

/** A topic that was written about more lately than before. */
export interface GrowingTopic {
  readonly name: string;
  /** Its share in the last period, and in those before it. */
  readonly now: number;
  readonly before: number;
}

/** What the last period is compared with. */
const BEFORE = { week: 8, month: 3 } as const;
/** Fewer papers than these show nothing. */
const LEAST_PAPERS = 5;
/** In standard deviations of a count: one topic in forty is so far up by chance. */
const LEAST_SURPRISE = 2;

/** The topics with more papers in the last period than chance explains, the most surprising first. */
export function findGrowing({ unit, totals, topics }: Trends): readonly GrowingTopic[] {
  const total = totals.at(-1) ?? 0;
  const earlier = sum(totals.slice(0, -1).slice(-BEFORE[unit]));
  if (total === 0 || earlier === 0) return [];
  const grown = topics.flatMap(({ name, papers }) => {
    const latest = papers.at(-1) ?? 0;
    const before = sum(papers.slice(0, -1).slice(-BEFORE[unit])) / earlier;
    const expected = before * total;
    const surprise = (latest - expected) / Math.sqrt(Math.max(expected, 1));
    if (latest < LEAST_PAPERS || surprise < LEAST_SURPRISE) return [];
    return [{ surprise, topic: { name, now: latest / total, before } }];
  });
  return grown.toSorted((a, b) => b.surprise - a.surprise).map(({ topic }) => topic);
}

/** Those topics whose share is most another one than it was at first. */
export function keepMostChanged(found: Trends, most: number): Trends {
  const changes = found.topics.map((topic) => {
    const ends = compareEnds(found, topic);
    return { topic, change: ends === undefined ? 0 : Math.abs(ends.now.share - ends.before.share) };
  });
  const changed = changes.toSorted((a, b) => b.change - a.change).slice(0, most);
  return { ...found, topics: changed.map(({ topic }) => topic) };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, amount) => all + amount, 0);
}
