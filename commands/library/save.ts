import type { Command } from '../../src/discord/interactions/command.ts';
import { DEFAULT_LOCALE, textsFor } from '../../src/discord/texts/texts.ts';
import type { CommandContext } from '../context.ts';
import { askerOf } from '../parts/asker.ts';
import { identifyPaper, PAPER_OPTION, suggestPapers } from '../papers/find-paper.ts';
import { buildCandidates } from '../papers/paper-list.ts';
import { saveFor } from './save-controls.ts';

export const save: Command<CommandContext> = {
  data: {
    name: 'save',
    description: textsFor(DEFAULT_LOCALE).commands.save.description,
    options: [PAPER_OPTION],
  },
  async execute({ interaction, texts }, context) {
    const text = interaction.options.getString('paper', true);
    const { meant, near } = await identifyPaper(text, context, askerOf(interaction));
    if (meant === undefined) return buildCandidates(text, near, texts);
    return saveFor(interaction.user.id, meant, { ...context, texts });
  },
  autocomplete: async ({ interaction }, context) => suggestPapers(interaction.options.getFocused(), context),
};
