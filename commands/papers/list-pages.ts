import { isDay } from '../../src/calendar/is-day.ts';
import { listDayAt } from '../../src/calendar/list-day.ts';
import { addDays, type Day } from '../../src/calendar/zoned-time.ts';
import type { Control, ControlRequest, LayoutReply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { buildText } from '../../src/discord/rendering/components.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import { findReach } from '../../src/papers/older-days.ts';
import type { DayCount } from '../../src/papers/paper-archive.ts';
import type { MatchedPaper } from '../../src/topics/paper-search.ts';
import type { CommandContext } from '../context.ts';
import {
  buildBoxReply,
  buildButton,
  buildRow,
  buildTurnButtons,
  type Page,
  readPageNumber,
  takePage,
} from '../parts/message-parts.ts';
import { buildPaperList, LIST_PAGE } from './paper-list.ts';

/** What a list of papers is made of, before it is cut into pages. */
interface Listing {
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
type Period = (typeof PERIODS)[number];

/** List days of a period; the day is the latest one that has papers. */
const DAYS = { week: 7, month: 30 } as const;
/** More list days than there will be in ten years. */
const ALL_DAYS = 5_000;
const PAGE = 'https://huggingface.co/papers';

type DayTools = Pick<CommandContext, 'archive' | 'clock' | 'archiveSince'>;
type ListTools = DayTools & Pick<CommandContext, 'search' | 'trending'>;

/** The papers of a list day: none on many weekends. Raises `no-papers` while the archive is empty. */
function listDay(day: Day, context: DayTools, texts: Texts): Listing {
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
    ...(ids.length === 0 ? { note: describeAbsence(day, { earlier, later }, { context, texts }) } : {}),
    ...(earlier && { earlier }),
    ...(later && { later }),
  };
}

function describeAbsence(
  day: Day,
  { earlier, later }: { readonly earlier: DayCount | undefined; readonly later: DayCount | undefined },
  { context, texts: { papers } }: { readonly context: DayTools; readonly texts: Texts },
): string {
  const since = findReach(context);
  const isComing = since !== undefined && day < since;
  const nearest = [earlier, later].filter((one) => one !== undefined).length;
  return [papers.noneOn(day), ...(isComing ? [papers.reach(since)] : []), papers.nearestDays(nearest)].join(
    isComing ? '\n' : ' ',
  );
}

/**
 * What Hugging Face calls trending, or the most upvoted papers of a period, which also stand in for the first where
 * Hugging Face does not answer. Raises `no-papers` while the archive is empty.
 */
async function listPeriod(period: Period, context: ListTools, texts: Texts): Promise<Listing> {
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

interface ListView {
  /** A list day, or a period of `/trending`. */
  readonly name: string;
  /** From 0. */
  readonly page: number;
  /** For everybody, without the buttons, which are the reader's own. */
  readonly isShown?: boolean;
  /** Escaped. */
  readonly note?: string;
}

/** One page of a list day or of a period. Raises `control-outdated` for any other name, and `no-papers`. */
export async function buildListPage(
  { name, page, isShown = false, note }: ListView,
  context: CommandContext,
  texts: Texts,
): Promise<LayoutReply> {
  const listing = await readListing(name, context, texts);
  if (listing.ids.length === 0) return offerNearest(listing, texts);
  const shown = takePage(listing.ids, page, LIST_PAGE);
  const papers = shown.items.flatMap((id) => context.archive.paper(id) ?? []);
  const notes = [note, listing.note].filter((one) => one !== undefined);
  return buildPaperList(
    {
      title: listing.title,
      url: listing.url,
      notes,
      shown: { ...shown, items: papers },
      menuName: 'list',
      rows: isShown ? [] : [buildButtons(name, listing, shown, texts)],
    },
    texts,
  );
}

async function readListing(name: string, context: CommandContext, texts: Texts): Promise<Listing> {
  if (isDay(name)) return listDay(name, context, texts);
  const period = PERIODS.find((one) => one === name);
  if (period === undefined) throw new UserError('control-outdated', {});
  return listPeriod(period, context, texts);
}

/** The days with papers before and after one that has none. */
function offerNearest({ note = '', earlier, later }: Listing, texts: Texts): LayoutReply {
  const buttons = [earlier, later]
    .filter((one) => one !== undefined)
    .map(({ day, papers }) =>
      buildButton(encodeCustomId('list', day, 0), texts.papers.dayTitle(day, papers)),
    );
  return buildBoxReply([buildText(note), buildRow(...buttons)]);
}

function buildButtons(name: string, { earlier, later }: Listing, shown: Page<unknown>, texts: Texts) {
  const turn = (to: number, mark: string) => encodeCustomId('list', name, to, mark);
  const toDay = (day: string, label: string) => buildButton(encodeCustomId('list', day, 0, 'day'), label);
  return buildRow(
    ...(earlier === undefined ? [] : [toDay(earlier.day, texts.papers.earlierDay(earlier.day))]),
    ...buildTurnButtons(turn, shown, texts),
    ...(later === undefined ? [] : [toDay(later.day, texts.papers.laterDay(later.day))]),
    buildButton(encodeCustomId('list-show', name, shown.page), texts.pages.showToChannel),
  );
}

function readView({ values: [name = '', page = ''] }: ControlRequest): ListView {
  return { name, page: readPageNumber(page) };
}

export const turnList: Control<CommandContext> = {
  name: 'list',
  answer: 'update',
  execute: (request, context) => buildListPage(readView(request), context, request.texts),
};

export const showList: Control<CommandContext> = {
  name: 'list-show',
  answer: 'show',
  execute: (request, context) =>
    buildListPage({ ...readView(request), isShown: true }, context, request.texts),
};
