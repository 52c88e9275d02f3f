import { ApplicationCommandOptionType } from 'discord.js';
import { type ListDay, listDayAt, parseListDay } from '../../src/calendar/list-day.ts';
import type { AnyReply, Command } from '../../src/discord/interactions/command.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import type { CommandContext } from '../context.ts';
import { buildListPage } from './list-pages.ts';

const TEXTS = textsFor(DEFAULT_LOCALE).commands.papers;
/** Days that autocomplete looks through. */
const RECENT_DAYS = 60;

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
    if (text === null) return buildLatestDay(context, texts);
    const day = readDay(text, listDayAt(context.clock.now()));
    return buildListPage({ name: day, page: 0 }, context, texts);
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

/** The latest day with papers, which is perhaps not today. Raises `no-papers`. */
export async function buildLatestDay(context: CommandContext, texts: Texts): Promise<AnyReply> {
  const day = latestDay(context);
  const note = day === listDayAt(context.clock.now()) ? {} : { note: texts.papers.latestDay(day) };
  return buildListPage({ name: day, page: 0, ...note }, context, texts);
}

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
