import { ApplicationCommandOptionType } from 'discord.js';
import { listDayAt } from '../../src/calendar/list-day.ts';
import { isDay } from '../../src/calendar/zoned-time.ts';
import type { Command, Control, Reply } from '../../src/discord/interactions/command.ts';
import { COMMAND_TEXTS } from '../../src/discord/texts/command-texts.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { UserError } from '../../src/errors.ts';
import type { CommandContext } from '../context.ts';
import { EVERYWHERE } from '../parts/everywhere.ts';
import { buildPaperList, withoutPager } from './paper-list.ts';

export const papers: Command<CommandContext> = {
  data: {
    ...EVERYWHERE,
    name: 'papers',
    description: 'A day’s papers, best first',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'day',
        description: 'Such as 2026-06-09; the latest day with papers if left out',
        autocomplete: true,
      },
    ],
  },
  async execute({ interaction }, context) {
    const text = interaction.options.getString('day');
    const day = text === null ? latestDay(context) : readDay(text);
    const isOlder = text === null && day !== listDayAt(context.clock.now());
    const page = buildPage(day, 0, context);
    return isOlder ? { ...page, content: COMMAND_TEXTS.latestDay(day) } : page;
  },
  async autocomplete({ interaction }, { archive }) {
    const typed = interaction.options.getFocused();
    return archive
      .days(60)
      .filter(({ day }) => day.includes(typed))
      .map(({ day, papers: count }) => ({ name: COMMAND_TEXTS.dayTitle(day, count), value: day }));
  },
};

function latestDay({ archive }: CommandContext): string {
  const [latest] = archive.days(1);
  if (latest === undefined) throw new UserError('no-papers', {});
  return latest.day;
}

function readDay(text: string): string {
  const day = text.trim();
  if (!isDay(day)) throw new UserError('day-not-readable', { text });
  return day;
}

function buildPage(day: string, page: number, { archive }: CommandContext): Reply {
  const all = archive.papersOfDay(day);
  if (all.length === 0) throw new UserError('no-papers', { day });
  return buildPaperList({
    title: COMMAND_TEXTS.dayTitle(day, all.length),
    url: `https://huggingface.co/papers/date/${day}`,
    papers: all,
    menuId: encodeCustomId('card', 'day', page),
    pager: {
      page,
      turnTo: (to, mark) => encodeCustomId('papers', day, to, mark),
      showId: encodeCustomId('papers-show', day, page),
    },
  });
}

function readPage([day = '', page = '']: readonly string[], context: CommandContext): Reply {
  if (!isDay(day) || !/^-?\d{1,4}$/.test(page)) throw new UserError('control-outdated', {});
  return buildPage(day, Number(page), context);
}

export const turnPage: Control<CommandContext> = {
  name: 'papers',
  answer: 'update',
  execute: async ({ values }, context) => readPage(values, context),
};

export const showPage: Control<CommandContext> = {
  name: 'papers-show',
  answer: 'show',
  async execute({ values }, context) {
    return withoutPager(readPage(values, context));
  },
};
