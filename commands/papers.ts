import { ApplicationCommandOptionType } from 'discord.js';
import { listDayAt } from '../src/calendar/list-day.ts';
import { isDay } from '../src/calendar/zoned-time.ts';
import type { Command, Control, Reply } from '../src/discord/command.ts';
import { COMMAND_TEXTS } from '../src/discord/command-texts.ts';
import { encodeCustomId } from '../src/discord/custom-id.ts';
import { buildPaperLine } from '../src/discord/paper-line.ts';
import { UserError } from '../src/errors.ts';
import type { CommandContext } from './context.ts';
import { EVERYWHERE } from './everywhere.ts';
import { buildButton, buildMenu, buildRow, cut } from './message-parts.ts';

const PAGE = 10;
const COLOUR = 0xffd21e;

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

function buildPage(day: string, asked: number, { archive }: CommandContext): Reply {
  const all = archive.papersOfDay(day);
  if (all.length === 0) throw new UserError('no-papers', { day });
  const pages = Math.ceil(all.length / PAGE);
  const page = Math.min(Math.max(asked, 0), pages - 1);
  const shown = all.slice(page * PAGE, (page + 1) * PAGE);
  const menu = buildMenu(
    encodeCustomId('card', 'day', page),
    COMMAND_TEXTS.openPaper,
    shown.map(({ id, title }) => ({ label: cut(title), value: id })),
  );
  return {
    embeds: [
      {
        title: COMMAND_TEXTS.dayTitle(day, all.length),
        url: `https://huggingface.co/papers/date/${day}`,
        description: cut(shown.map((paper) => `- ${buildPaperLine(paper)}`).join('\n'), 4096),
        footer: { text: COMMAND_TEXTS.page(page + 1, pages) },
        color: COLOUR,
      },
    ],
    components: [
      ...(menu === undefined ? [] : [menu]),
      buildRow(
        buildButton(encodeCustomId('papers', day, page - 1, 'back'), COMMAND_TEXTS.previous, {
          disabled: page === 0,
        }),
        buildButton(encodeCustomId('papers', day, page + 1, 'on'), COMMAND_TEXTS.next, {
          disabled: page === pages - 1,
        }),
        buildButton(encodeCustomId('papers-show', day, page), COMMAND_TEXTS.showToChannel),
      ),
    ],
  };
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
    const { embeds, components } = readPage(values, context);
    return { embeds: embeds ?? [], components: (components ?? []).slice(0, 1) };
  },
};
