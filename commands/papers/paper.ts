import type { Command, Control, Reply } from '../../src/discord/interactions/command.ts';
import { COMMAND_TEXTS } from '../../src/discord/texts/command-texts.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { buildPaperEmbed } from '../../src/discord/rendering/paper-card.ts';
import { SEARCH_TEXTS } from '../../src/discord/texts/search-texts.ts';
import type { Paper } from '../../src/papers/paper.ts';
import type { CommandContext } from '../context.ts';
import { EVERYWHERE } from '../parts/everywhere.ts';
import { findPaper } from './find-paper.ts';
import { buildButton, buildRow, cut } from '../parts/message-parts.ts';
import { buildPaperList } from './paper-list.ts';
import { PAPER_OPTION, suggestPapers } from './suggest-papers.ts';

const SIMILAR = 8;
const TITLE_LENGTH = 200;

export const paper: Command<CommandContext> = {
  data: {
    ...EVERYWHERE,
    name: 'paper',
    description: 'One paper, from an arXiv id, a link, or a title',
    options: [PAPER_OPTION],
  },
  async execute({ interaction }, context) {
    return buildCard(await findPaper(interaction.options.getString('paper', true), context));
  },
  autocomplete: async ({ interaction }, context) => suggestPapers(interaction.options.getFocused(), context),
};

/** A paper's full card, for the reader alone. */
function buildCard(found: Paper): Reply {
  return {
    embeds: [buildPaperEmbed(found, { full: true })],
    components: [
      buildRow(
        buildButton(encodeCustomId('similar', found.id), SEARCH_TEXTS.similar),
        buildButton(encodeCustomId('paper-show', found.id), COMMAND_TEXTS.showToChannel),
      ),
    ],
  };
}

export const showPaper: Control<CommandContext> = {
  name: 'paper-show',
  answer: 'show',
  async execute({ values: [id = ''] }, context) {
    return { embeds: [buildPaperEmbed(await findPaper(id, context), { full: true })] };
  },
};

/** The menus below digests and lists. */
export const openCard: Control<CommandContext> = {
  name: 'card',
  answer: 'reply',
  async execute({ interaction }, context) {
    const id = interaction.isStringSelectMenu() ? (interaction.values[0] ?? '') : '';
    return buildCard(await findPaper(id, context));
  },
};

export const showSimilar: Control<CommandContext> = {
  name: 'similar',
  answer: 'reply',
  async execute({ values: [id = ''] }, context) {
    const found = await findPaper(id, context);
    const papers = await context.search.similar(found.id, SIMILAR);
    if (papers.length === 0) return { content: SEARCH_TEXTS.nothingSimilar };
    const title = SEARCH_TEXTS.similarTo(cut(found.title, TITLE_LENGTH));
    return buildPaperList({ title, papers, menuId: encodeCustomId('card', 'similar') });
  },
};
