import { ApplicationCommandType, type Message } from 'discord.js';
import type { MessageCommand } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { buildPaperEmbed } from '../../src/discord/rendering/paper-card.ts';
import { DEFAULT_LOCALE, textsFor } from '../../src/discord/texts/texts.ts';
import { findPaperLinks } from '../../src/papers/parse-paper-id.ts';
import type { CommandContext } from '../context.ts';
import { EVERYWHERE } from '../parts/everywhere.ts';
import { fetchPaper } from './find-paper.ts';
import { buildMenu, cut } from '../parts/message-parts.ts';

/** Cards of the short form stay within Discord's 6,000 characters a message. */
const CARDS = 6;

/** The papers that a message links to; Discord hands over the message that somebody chose, so no intent is needed. */
export const findPapers: MessageCommand<CommandContext> = {
  data: {
    ...EVERYWHERE,
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
