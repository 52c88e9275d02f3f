import { ApplicationCommandOptionType } from 'discord.js';
import type { Command, Control, Reply } from '../src/discord/command.ts';
import { COMMAND_TEXTS } from '../src/discord/command-texts.ts';
import { encodeCustomId } from '../src/discord/custom-id.ts';
import { buildPaperEmbed } from '../src/discord/paper-card.ts';
import { UserError } from '../src/errors.ts';
import type { Paper } from '../src/papers/paper.ts';
import { parsePaperId } from '../src/papers/parse-paper-id.ts';
import type { CommandContext } from './context.ts';
import { EVERYWHERE } from './everywhere.ts';
import { buildButton, buildRow, cut } from './message-parts.ts';

const SOURCE_MS = 10_000;

export const paper: Command<CommandContext> = {
  data: {
    ...EVERYWHERE,
    name: 'paper',
    description: 'One paper, from an arXiv id, a link, or a title',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'paper',
        description: 'An arXiv id, an arXiv or Hugging Face link, or a title',
        required: true,
        autocomplete: true,
      },
    ],
  },
  async execute({ interaction }, context) {
    const text = interaction.options.getString('paper', true);
    const found = await findPaper(text, context);
    return buildCard(found, true);
  },
  async autocomplete({ interaction }, { search }) {
    const typed = interaction.options.getFocused().trim();
    if (typed === '') return [];
    return search
      .suggest(typed, 25)
      .flatMap((one) => (one.kind === 'title' ? [{ name: cut(one.text), value: one.paperId }] : []));
  },
};

/** From the archive, else from the source. Raises `paper-not-found`. */
async function findPaper(text: string, { archive, search, source }: CommandContext): Promise<Paper> {
  const titled = search.suggest(text, 25).find((one) => one.kind === 'title');
  const id = parsePaperId(text) ?? titled?.paperId;
  if (id === undefined) throw new UserError('paper-not-found', { text });
  const found = archive.paper(id) ?? (await source.paper(id, AbortSignal.timeout(SOURCE_MS)));
  if (found === undefined) throw new UserError('paper-not-found', { text });
  return found;
}

function buildCard(found: Paper, showable: boolean): Reply {
  const show = buildButton(encodeCustomId('paper-show', found.id), COMMAND_TEXTS.showToChannel);
  return {
    embeds: [buildPaperEmbed(found, { full: true })],
    ...(showable ? { components: [buildRow(show)] } : {}),
  };
}

export const showPaper: Control<CommandContext> = {
  name: 'paper-show',
  answer: 'show',
  async execute({ values: [id = ''] }, context) {
    return buildCard(await findPaper(id, context), false);
  },
};

/** The menus below digests and lists: the full card, for the reader alone. */
export const openCard: Control<CommandContext> = {
  name: 'card',
  answer: 'reply',
  async execute({ interaction }, context) {
    const id = interaction.isStringSelectMenu() ? (interaction.values[0] ?? '') : '';
    return buildCard(await findPaper(id, context), true);
  },
};
