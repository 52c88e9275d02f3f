import type { Command, Control, Reply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { buildPaperEmbed } from '../../src/discord/rendering/paper-card.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../../src/discord/texts/texts.ts';
import type { Paper } from '../../src/papers/paper.ts';
import type { CommandContext } from '../context.ts';
import { EVERYWHERE } from '../parts/everywhere.ts';
import { findPaper } from './find-paper.ts';
import { buildButton, buildRow, cut } from '../parts/message-parts.ts';
import { takePage } from '../parts/pages.ts';
import { buildPaperList, LIST_PAGE } from './paper-list.ts';
import { PAPER_OPTION, suggestPapers } from './suggest-papers.ts';

const SIMILAR = 8;
const TITLE_LENGTH = 200;

export const paper: Command<CommandContext> = {
  data: {
    ...EVERYWHERE,
    name: 'paper',
    description: textsFor(DEFAULT_LOCALE).commands.paper.description,
    options: [PAPER_OPTION],
  },
  async execute({ interaction, texts }, context) {
    return buildCard(await findPaper(interaction.options.getString('paper', true), context), texts);
  },
  autocomplete: async ({ interaction }, context) => suggestPapers(interaction.options.getFocused(), context),
};

/** A paper's full card, for the reader alone. */
function buildCard(found: Paper, texts: Texts): Reply {
  return {
    embeds: [buildPaperEmbed(found, texts, { full: true })],
    components: [
      buildRow(
        buildButton(encodeCustomId('similar', found.id), texts.papers.similar),
        buildButton(encodeCustomId('paper-show', found.id), texts.pages.showToChannel),
      ),
    ],
  };
}

export const showPaper: Control<CommandContext> = {
  name: 'paper-show',
  answer: 'show',
  async execute({ texts, values: [id = ''] }, context) {
    return { embeds: [buildPaperEmbed(await findPaper(id, context), texts, { full: true })] };
  },
};

/** The menus below digests and lists. */
export const openCard: Control<CommandContext> = {
  name: 'card',
  answer: 'reply',
  async execute({ interaction, texts }, context) {
    const id = interaction.isStringSelectMenu() ? (interaction.values[0] ?? '') : '';
    return buildCard(await findPaper(id, context), texts);
  },
};

export const showSimilar: Control<CommandContext> = {
  name: 'similar',
  answer: 'reply',
  async execute({ texts, values: [id = ''] }, context) {
    const found = await findPaper(id, context);
    const papers = await context.search.similar(found.id, SIMILAR);
    if (papers.length === 0) return { content: texts.papers.nothingSimilar };
    const title = texts.papers.similarTo(cut(found.title, TITLE_LENGTH));
    return buildPaperList(
      { title, shown: takePage(papers, 0, LIST_PAGE), menuId: encodeCustomId('card', 'similar') },
      texts,
    );
  },
};
