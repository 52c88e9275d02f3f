import { type APIApplicationCommandBasicOption, ApplicationCommandOptionType } from 'discord.js';
import type { Choice } from '../../src/discord/interactions/command.ts';
import { DEFAULT_LOCALE, textsFor } from '../../src/discord/texts/texts.ts';
import type { CommandContext } from '../context.ts';
import { cut } from '../parts/message-parts.ts';

const SUGGESTIONS = 25;

/** What `findPaper` reads. */
export const PAPER_OPTION: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.String,
  name: 'paper',
  description: textsFor(DEFAULT_LOCALE).commands.paper.paper,
  required: true,
  autocomplete: true,
};

/** Papers whose titles go on from what was typed. */
export async function suggestPapers(
  typed: string,
  { search }: Pick<CommandContext, 'search'>,
): Promise<readonly Choice[]> {
  if (typed.trim() === '') return [];
  const suggestions = await search.suggest(typed.trim(), SUGGESTIONS);
  return suggestions.flatMap((one) =>
    one.kind === 'title' ? [{ name: cut(one.text), value: one.paperId }] : [],
  );
}
