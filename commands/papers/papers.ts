import { ApplicationCommandOptionType } from 'discord.js';
import { listDayAt } from '../../src/calendar/list-day.ts';
import { isDay } from '../../src/calendar/zoned-time.ts';
import type { Command, Control, ControlRequest, Reply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import type { CommandContext } from '../context.ts';
import { readPageNumber, takePage, withoutPager } from '../parts/message-parts.ts';
import { buildPaperList, LIST_PAGE } from './paper-list.ts';

const TEXTS = textsFor(DEFAULT_LOCALE).commands.papers;

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
    const day = text === null ? latestDay(context) : readDay(text);
    const isOlder = text === null && day !== listDayAt(context.clock.now());
    const page = buildPage({ day, page: 0 }, context, texts);
    return isOlder ? { ...page, content: texts.papers.latestDay(day) } : page;
  },
  async autocomplete({ interaction, texts }, { archive }) {
    const typed = interaction.options.getFocused();
    return archive
      .days(60)
      .filter(({ day }) => day.includes(typed))
      .map(({ day, papers: count }) => ({ name: texts.papers.dayTitle(day, count), value: day }));
  },
};

function latestDay({ archive }: Pick<CommandContext, 'archive'>): string {
  const [latest] = archive.days(1);
  if (latest === undefined) throw new UserError('no-papers', {});
  return latest.day;
}

function readDay(text: string): string {
  const day = text.trim();
  if (!isDay(day)) throw new UserError('day-not-readable', { text });
  return day;
}

function buildPage(
  { day, page }: { readonly day: string; readonly page: number },
  { archive }: Pick<CommandContext, 'archive'>,
  texts: Texts,
): Reply {
  const all = archive.papersOfDay(day);
  if (all.length === 0) throw new UserError('no-papers', { day });
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

function readPage({ values, texts }: ControlRequest, context: Pick<CommandContext, 'archive'>): Reply {
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
