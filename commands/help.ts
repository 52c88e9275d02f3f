import type { Command } from '../src/discord/command.ts';
import { HELP_TEXTS } from '../src/discord/help-texts.ts';
import type { CommandContext } from './context.ts';
import { EVERYWHERE } from './everywhere.ts';

export const help: Command<CommandContext> = {
  data: { ...EVERYWHERE, name: 'help', description: 'What this bot can do' },
  execute: async () => ({ content: HELP_TEXTS.help }),
};
