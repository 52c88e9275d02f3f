import type { Command } from '../../src/discord/interactions/command.ts';
import { DEFAULT_LOCALE, textsFor } from '../../src/discord/texts/texts.ts';
import type { CommandContext } from '../context.ts';
import { EVERYWHERE } from '../parts/everywhere.ts';

export const help: Command<CommandContext> = {
  data: { ...EVERYWHERE, name: 'help', description: textsFor(DEFAULT_LOCALE).commands.help.description },
  execute: async ({ texts }) => ({ content: texts.help.help() }),
};
