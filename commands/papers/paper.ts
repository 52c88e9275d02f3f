import { ApplicationCommandType, type Message } from 'discord.js';
import type { Command, Control, MessageCommand, Reply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { buildPaperEmbed } from '../../src/discord/rendering/paper-embed.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../../src/discord/texts/texts.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { findPaperLinks } from '../../src/papers/parse-paper-id.ts';
import type { CommandContext } from '../context.ts';
import { buildButton, buildMenu, buildRow, cut, takePage } from '../parts/message-parts.ts';
import { fetchPaper, findPaper, identifyPaper, PAPER_OPTION, suggestPapers } from './find-paper.ts';
import { buildPaperList, LIST_PAGE } from './paper-list.ts';

const SIMILAR = 8;
const TITLE_LENGTH = 200;
/** Cards of the short form stay within Discord's 6,000 characters a message. */
const CARDS = 6;

export const paper: Command<CommandContext> = {
  data: {
    name: 'paper',
    description: textsFor(DEFAULT_LOCALE).commands.paper.description,
    options: [PAPER_OPTION],
  },
  async execute({ interaction, texts }, context) {
    const text = interaction.options.getString('paper', true);
    const { meant, near } = await identifyPaper(text, context);
    return meant === undefined ? buildCandidates(text, near, texts) : buildCard(meant, texts);
  },
  autocomplete: async ({ interaction }, context) => suggestPapers(interaction.options.getFocused(), context),
};

/** What a title may mean that is nobody's. */
function buildCandidates(text: string, near: readonly Paper[], texts: Texts): Reply {
  const list = {
    title: texts.papers.near,
    shown: takePage(near, 0, LIST_PAGE),
    menuId: encodeCustomId('card', 'near'),
  };
  return { content: texts.papers.noneCalled(text), ...buildPaperList(list, texts) };
}

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

/** The menus below digests and lists, and the buttons that open one paper, whose id is the last of their values. */
export const openCard: Control<CommandContext> = {
  name: 'card',
  answer: 'reply',
  async execute({ interaction, texts, values }, context) {
    const id = interaction.isStringSelectMenu() ? interaction.values[0] : values.at(-1);
    return buildCard(await findPaper(id ?? '', context), texts);
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

/** The papers that a message links to; Discord hands over the message that somebody chose, so no intent is needed. */
export const findPapers: MessageCommand<CommandContext> = {
  data: {
    type: ApplicationCommandType.Message,
    name: textsFor(DEFAULT_LOCALE).commands.findPapers.name,
  },
  async execute({ interaction, texts }, context) {
    const ids = findPaperLinks(textOf(interaction.targetMessage));
    if (ids.length === 0) return { content: texts.papers.noLinks };
    const asked = ids.slice(0, CARDS);
    const papers = await Promise.all(asked.map((id) => fetchPaper(id, context)));
    const found = papers.filter((one) => one !== undefined);
    const missing = asked.filter((_, index) => papers[index] === undefined);
    const notes = [
      ...(ids.length > CARDS ? [texts.papers.moreLinks(CARDS, ids.length - CARDS)] : []),
      ...(missing.length > 0 ? [texts.papers.notFound(missing)] : []),
    ];
    const menu = buildMenu(
      encodeCustomId('card', 'message'),
      texts.papers.openPaper,
      found.map(({ id, title }) => ({ label: cut(title), value: id })),
    );
    return {
      content: notes.join('\n'),
      embeds: found.map((one) => buildPaperEmbed(one, texts)),
      components: menu === undefined ? [] : [menu],
    };
  },
};

/** What a person reads there: the text, and the links of its embeds. */
function textOf({ content, embeds }: Message): string {
  const parts = embeds.flatMap(({ url, title, description }) => [url, title, description]);
  return [content, ...parts].filter((part) => part !== null).join('\n');
}
