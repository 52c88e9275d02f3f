import type { Command, Control, LayoutReply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { buildText } from '../../src/discord/rendering/components.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../../src/discord/texts/texts.ts';
import { SourceError } from '../../src/errors.ts';
import type { Paper } from '../../src/papers/paper.ts';
import type { CommandContext } from '../context.ts';
import { fetchPaper } from '../papers/find-paper.ts';
import { buildPaperList, LIST_PAGE } from '../papers/paper-list.ts';
import {
  buildBoxReply,
  buildButton,
  buildRow,
  buildTurnButtons,
  readPageNumber,
} from '../parts/message-parts.ts';

export const library: Command<CommandContext> = {
  data: { name: 'library', description: textsFor(DEFAULT_LOCALE).commands.library.description },
  execute: ({ interaction, texts }, context) => buildLibraryPage(interaction.user.id, 0, { context, texts }),
};

export const turnLibrary: Control<CommandContext> = {
  name: 'library',
  answer: 'update',
  execute: ({ interaction, texts, values: [page = ''] }, context) =>
    buildLibraryPage(interaction.user.id, readPageNumber(page), { context, texts }),
};

/** What a person has saved, the latest first. Nobody else sees it. */
async function buildLibraryPage(
  userId: string,
  wanted: number,
  { context, texts }: { readonly context: CommandContext; readonly texts: Texts },
): Promise<LayoutReply> {
  const total = await context.savedPapers.count(userId);
  if (total === 0) return offerPapers(texts);
  const pages = Math.ceil(total / LIST_PAGE);
  const page = Math.min(Math.max(wanted, 0), pages - 1);
  const from = page * LIST_PAGE;
  const saved = await context.savedPapers.list(userId, { from, most: LIST_PAGE });
  const found = await Promise.all(saved.map(({ paperId }) => findSaved(paperId, context)));
  const items = found.filter((one) => one !== undefined);
  const missing = saved.filter((_, index) => found[index] === undefined).map(({ paperId }) => paperId);
  const turn = (to: number, mark: string) => encodeCustomId('library', to, mark);
  const buttons = buildTurnButtons(turn, { page, pages }, texts);
  return buildPaperList(
    {
      title: texts.library.title(total),
      notes: missing.length === 0 ? [] : [texts.papers.notFound(missing)],
      shown: { page, pages, first: from + 1, items },
      menuName: 'library',
      rows: buttons.length === 0 ? [] : [buildRow(...buttons)],
    },
    texts,
  );
}

/** An archive that was lost has it no more, and the page does without what Hugging Face does not tell. */
async function findSaved(id: string, context: CommandContext): Promise<Paper | undefined> {
  try {
    return await fetchPaper(id, context);
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}

function offerPapers(texts: Texts): LayoutReply {
  const trending = buildButton(encodeCustomId('list', 'trending', 0), texts.search.showTrending);
  return buildBoxReply([buildText(texts.library.empty()), buildRow(trending)]);
}
