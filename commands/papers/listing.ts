import { listDayAt } from '../../src/calendar/list-day.ts';
import { addDays, type Day } from '../../src/calendar/zoned-time.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import { findReach } from '../../src/papers/older-days.ts';
import type { DayCount } from '../../src/papers/paper-archive.ts';
import type { MatchedPaper } from '../../src/topics/paper-search.ts';
import type { CommandContext } from '../context.ts';

/** What a list of papers is made of, before it is cut into pages. */
export interface Listing {
  readonly title: string;
  readonly url: string;
  /** Best first. */
  readonly ids: readonly string[];
  readonly note?: string;
  /** The nearest days with papers, where it is about a day; the latest one, where it has no papers. */
  readonly earlier?: DayCount;
  readonly later?: DayCount;
}

export const PERIODS = ['trending', 'day', 'week', 'month'] as const;
export type Period = (typeof PERIODS)[number];

/** List days of a period; the day is the latest one that has papers. */
const DAYS = { week: 7, month: 30 } as const;
/** More list days than there will be in ten years. */
const ALL_DAYS = 5_000;
const PAGE = 'https://huggingface.co/papers';

type DayTools = Pick<CommandContext, 'archive' | 'clock' | 'archiveSince'>;
type ListTools = DayTools & Pick<CommandContext, 'search' | 'trending'>;

/** The papers of a list day: none on many weekends. Raises `no-papers` while the archive is empty. */
export function listDay(day: Day, context: DayTools, texts: Texts): Listing {
  const { archive } = context;
  const days = archive.days(ALL_DAYS);
  if (days.length === 0) throw new UserError('no-papers', {});
  const ids = archive.papersOfDay(day).map(({ id }) => id);
  const earlier = days.find((one) => one.day < day);
  const later = days.findLast((one) => one.day > day);
  return {
    title: texts.papers.dayTitle(day, ids.length),
    url: `${PAGE}/date/${day}`,
    ids,
    ...(ids.length === 0 ? { note: describeAbsence(day, context, texts) } : {}),
    ...(earlier && { earlier }),
    ...(later && { later }),
  };
}

function describeAbsence(day: Day, context: DayTools, { papers }: Texts): string {
  const since = findReach(context);
  const isComing = since !== undefined && day < since;
  return isComing ? `${papers.noneOn(day)}\n${papers.reach(since)}` : papers.noneOn(day);
}

/**
 * What Hugging Face calls trending, or the most upvoted papers of a period, which also stand in for the first where
 * Hugging Face does not answer. Raises `no-papers` while the archive is empty.
 */
export async function listPeriod(period: Period, context: ListTools, texts: Texts): Promise<Listing> {
  if (period !== 'trending') return listMostUpvoted(period, context, texts);
  const ids = await context.trending.find();
  if (ids === undefined || ids.length === 0) {
    return { note: texts.papers.trendingFailed, ...(await listMostUpvoted('week', context, texts)) };
  }
  return { title: texts.papers.trending(ids.length), url: `${PAGE}/trending`, ids };
}

async function listMostUpvoted(
  period: Exclude<Period, 'trending'>,
  { archive, search, clock }: ListTools,
  texts: Texts,
): Promise<Listing> {
  const [latest] = archive.days(1);
  if (latest === undefined) throw new UserError('no-papers', {});
  const first = period === 'day' ? latest.day : addDays(listDayAt(clock.now()), 1 - DAYS[period]);
  const listed = await search.match({ kind: 'every' }, { after: addDays(first, -1) });
  return {
    title: texts.papers.mostUpvoted(period, first, listed.length),
    url: period === 'day' ? `${PAGE}/date/${first}` : PAGE,
    ids: listed.toSorted(compareUpvotes).map(({ id }) => id),
    ...(listed.length === 0 ? { note: texts.papers.noneLately(period), earlier: latest } : {}),
  };
}

function compareUpvotes(one: MatchedPaper, other: MatchedPaper): number {
  return other.upvotes - one.upvotes || (one.id < other.id ? -1 : 1);
}
