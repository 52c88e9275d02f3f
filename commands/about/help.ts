import type { Command } from '../../src/discord/interactions/command.ts';
import { HELP_TEXTS } from '../../src/discord/texts/help-texts.ts';
import type { CommandContext } from '../context.ts';
import { EVERYWHERE } from '../parts/everywhere.ts';

export const help: Command<CommandContext> = {
  data: { ...EVERYWHERE, name: 'help', description: 'What this bot can do' },
  execute: async () => ({ content: HELP_TEXTS.help }),
};
