import { ApplicationCommandOptionType } from 'discord.js';
import { type ListDay, listDayAt } from '../../src/calendar/list-day.ts';
import { parseListDay } from '../../src/calendar/parse-list-day.ts';
import { isDay } from '../../src/calendar/zoned-time.ts';
import type { Command, Control, ControlRequest, Reply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import { findReach } from '../../src/papers/older-days.ts';
import type { CommandContext } from '../context.ts';
import { buildButton, buildRow, readPageNumber, takePage, withoutPager } from '../parts/message-parts.ts';
import { buildPaperList, LIST_PAGE } from './paper-list.ts';

const TEXTS = textsFor(DEFAULT_LOCALE).commands.papers;
type DayTools = Pick<CommandContext, 'archive' | 'clock' | 'archiveSince'>;

/** Days that autocomplete looks through. */
const RECENT_DAYS = 60;
/** More list days than there will be in ten years. */
const ALL_DAYS = 5_000;

export const papers: Command<CommandContext> = {
  data: {
    name: 'papers',
    description: TEXTS.description,
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'day',
        description: TEXTS.day,
        autocomplete: true,
      },
    ],
  },
  async execute({ interaction, texts }, context) {
    const text = interaction.options.getString('day');
    const today = listDayAt(context.clock.now());
    const day = text === null ? latestDay(context) : readDay(text, today);
    const isOlder = text === null && day !== today;
    const page = buildPage({ day, page: 0 }, context, texts);
    return isOlder ? { ...page, content: texts.papers.latestDay(day) } : page;
  },
  async autocomplete({ interaction, texts }, { archive, clock }) {
    const typed = interaction.options.getFocused().trim().toLowerCase();
    const meant = parseListDay(typed, listDayAt(clock.now()));
    return archive
      .days(RECENT_DAYS)
      .map(({ day, papers: count }) => ({ name: texts.papers.dayTitle(day, count), value: day }))
      .filter(({ name, value }) => value === meant || `${name} ${value}`.toLowerCase().includes(typed));
  },
};

function latestDay({ archive }: Pick<CommandContext, 'archive'>): ListDay {
  const [latest] = archive.days(1);
  if (latest === undefined) throw new UserError('no-papers', {});
  return latest.day;
}

function readDay(text: string, today: ListDay): ListDay {
  const day = parseListDay(text, today);
  if (day === undefined) throw new UserError('day-not-readable', { text });
  return day;
}

function buildPage(
  { day, page }: { readonly day: string; readonly page: number },
  context: DayTools,
  texts: Texts,
): Reply {
  const all = context.archive.papersOfDay(day);
  if (all.length === 0) return offerNearest(day, context, texts);
  const parts = {
    title: texts.papers.dayTitle(day, all.length),
    url: `https://huggingface.co/papers/date/${day}`,
    shown: takePage(all, page, LIST_PAGE),
    menuId: encodeCustomId('card', 'day', page),
    pager: {
      page,
      turnTo: (to: number, mark: string) => encodeCustomId('papers', day, to, mark),
      showId: encodeCustomId('papers-show', day, page),
    },
  };
  return buildPaperList(parts, texts);
}

/** The days with papers before and after one that has none, as buttons. */
function offerNearest(day: ListDay, context: DayTools, texts: Texts): Reply {
  const days = context.archive.days(ALL_DAYS);
  const nearest = [days.find((one) => one.day < day), days.findLast((one) => one.day > day)];
  const buttons = nearest
    .filter((one) => one !== undefined)
    .map((one) =>
      buildButton(encodeCustomId('papers', one.day, 0), texts.papers.dayTitle(one.day, one.papers)),
    );
  if (buttons.length === 0) throw new UserError('no-papers', {});
  const since = findReach(context);
  const isComing = since !== undefined && day < since;
  const notes = [texts.papers.noneOn(day), ...(isComing ? [texts.papers.reach(since)] : [])];
  return { content: notes.join('\n'), components: [buildRow(...buttons)] };
}

function readPage({ values, texts }: ControlRequest, context: DayTools): Reply {
  const [day = '', page = ''] = values;
  if (!isDay(day)) throw new UserError('control-outdated', {});
  return buildPage({ day, page: readPageNumber(page) }, context, texts);
}

export const turnPage: Control<CommandContext> = {
  name: 'papers',
  answer: 'update',
  execute: async (request, context) => readPage(request, context),
};

export const showPage: Control<CommandContext> = {
  name: 'papers-show',
  answer: 'show',
  execute: async (request, context) => withoutPager(readPage(request, context)),
};
