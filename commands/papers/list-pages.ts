import { isDay } from '../../src/calendar/is-day.ts';
import type { Control, ControlRequest, LayoutReply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { buildText } from '../../src/discord/rendering/components.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
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
import { type Listing, listDay, listPeriod, PERIODS } from './listing.ts';
import { buildPaperList, LIST_PAGE } from './paper-list.ts';

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
