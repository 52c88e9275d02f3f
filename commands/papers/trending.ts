import { ApplicationCommandOptionType } from 'discord.js';
import type { Command } from '../../src/discord/interactions/command.ts';
import { DEFAULT_LOCALE, textsFor } from '../../src/discord/texts/texts.ts';
import type { CommandContext } from '../context.ts';
import { buildListPage, PERIODS } from './list-pages.ts';

const TEXTS = textsFor(DEFAULT_LOCALE).commands.trending;

export const trending: Command<CommandContext> = {
  data: {
    name: 'trending',
    description: TEXTS.description,
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'period',
        description: TEXTS.period,
        choices: PERIODS.map((period) => ({ name: TEXTS.periods[period], value: period })),
      },
    ],
  },
  execute: ({ interaction, texts }, context) =>
    buildListPage({ name: interaction.options.getString('period') ?? 'trending', page: 0 }, context, texts),
};
