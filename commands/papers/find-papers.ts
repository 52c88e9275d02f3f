import { ApplicationCommandType, type Message } from 'discord.js';
import type { Control, LayoutReply, MessageCommand } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { buildText } from '../../src/discord/rendering/components.ts';
import { buildCards, buildCardText, numberCard } from '../../src/discord/rendering/paper-card.ts';
import { findPicture } from '../../src/discord/rendering/paper-texts.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { findPaperLinks } from '../../src/papers/parse-paper-id.ts';
import { parseQuery } from '../../src/topics/query/parse-query.ts';
import { leavesOf } from '../../src/topics/query/query.ts';
import type { CommandContext } from '../context.ts';
import { buildBoxReply, buildButton, buildRow, type Row, takePage } from '../parts/message-parts.ts';
import { fetchPaper, recallPaper } from './find-paper.ts';
import { buildCardMenu, buildPaperList } from './paper-list.ts';
import { buildPaperReply, readerOf } from './paper-reply.ts';

const MOST = 10;
/** More are a list: so many cards, below what was not found, stay within the 4,000 characters of a message. */
const CARDS = 3;

/** The papers that a message links to; Discord hands over the message that somebody chose, so no intent is needed. */
export const findPapers: MessageCommand<CommandContext> = {
  data: {
    type: ApplicationCommandType.Message,
    name: textsFor(DEFAULT_LOCALE).commands.findPapers.name,
  },
  async execute({ interaction, texts }, context) {
    const ids = findPaperLinks(textOf(interaction.targetMessage));
    if (ids.length === 0) return { content: texts.papers.noLinks };
    const asked = ids.slice(0, MOST);
    const papers = await Promise.all(asked.map((id) => fetchPaper(id, context)));
    const found = papers.filter((one) => one !== undefined);
    const missing = asked.filter((_, index) => papers[index] === undefined);
    const [first] = found;
    if (first === undefined) return { content: texts.papers.notFound(missing) };
    if (ids.length === 1) {
      return buildPaperReply(
        { paper: first, open: 'none', reader: readerOf({ interaction }) },
        context,
        texts,
      );
    }
    const notes = [
      ...(ids.length > MOST ? [texts.papers.moreLinks(MOST, ids.length - MOST)] : []),
      ...(missing.length > 0 ? [texts.papers.notFound(missing)] : []),
    ];
    // A custom id is too short for so many paper ids, and the bot cannot read the message again.
    const query = found.map(({ id }) => id).join(' OR ');
    const key = await context.savedSearches.save(interaction.user.id, { query, sort: 'relevance' });
    const show = buildButton(encodeCustomId('found-show', key), texts.pages.showToChannel);
    return buildFound(found, { notes, rows: [buildRow(show)] }, texts);
  },
};

export const showFound: Control<CommandContext> = {
  name: 'found-show',
  answer: 'show',
  async execute({ texts, values: [key = ''] }, context) {
    const saved = await context.savedSearches.get(key);
    if (saved === undefined) throw new UserError('control-outdated', {});
    const named = leavesOf(parseQuery(saved.query)).flatMap((leaf) => (leaf.kind === 'paper' ? leaf.id : []));
    const papers = named.slice(0, MOST).map((id) => recallPaper(id, context));
    return buildFound(papers, { notes: [], rows: [] }, texts);
  },
};

/** A few cards, or a list of more. */
function buildFound(
  papers: readonly Paper[],
  { notes, rows }: { readonly notes: readonly string[]; readonly rows: readonly Row[] },
  texts: Texts,
): LayoutReply {
  if (papers.length > CARDS) {
    const title = texts.papers.linkedHere(papers.length);
    return buildPaperList(
      { title, notes, shown: takePage(papers, 0, MOST), menuName: 'message', rows },
      texts,
    );
  }
  const cards = papers.map((one, index) => ({
    id: one.id,
    text: numberCard(buildCardText(one, texts), index + 1),
    picture: findPicture(one),
  }));
  const menu = buildCardMenu('message', papers, texts);
  return buildBoxReply([
    ...notes.map(buildText),
    ...buildCards(cards, texts),
    ...(menu === undefined ? [] : [menu]),
    ...rows,
  ]);
}

/** What a person reads there: the text, and the links of its embeds and components. */
export function textOf({ content, embeds, components }: Message): string {
  const parts = embeds.flatMap(({ url, title, description }) => [url, title, description]);
  const shown = JSON.stringify(components.map((component) => component.toJSON()));
  // Line breaks are escaped there, and would be read as part of a link.
  return [content, ...parts, shown.replaceAll('\\n', ' ')].filter((part) => part !== null).join('\n');
}
