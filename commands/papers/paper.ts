import type { AnyReply, Command, Control, ControlRequest } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { DEFAULT_LOCALE, textsFor } from '../../src/discord/texts/texts.ts';
import type { CommandContext } from '../context.ts';
import { askerOf } from '../parts/asker.ts';
import { buildButton, buildRow, cut, takePage } from '../parts/message-parts.ts';
import { findPaper, identifyPaper, PAPER_OPTION, suggestPapers } from './find-paper.ts';
import { buildCandidates, buildPaperList, LIST_PAGE } from './paper-list.ts';
import { buildPaperReply, readerOf } from './paper-reply.ts';

const SIMILAR = 8;
const TITLE_LENGTH = 200;

export const paper: Command<CommandContext> = {
  data: {
    name: 'paper',
    description: textsFor(DEFAULT_LOCALE).commands.paper.description,
    options: [PAPER_OPTION],
  },
  async execute({ interaction, texts }, context) {
    const text = interaction.options.getString('paper', true);
    const { meant, near } = await identifyPaper(text, context, askerOf(interaction));
    if (meant === undefined) return buildCandidates(text, near, texts);
    return buildPaperReply({ paper: meant, open: 'none', reader: readerOf({ interaction }) }, context, texts);
  },
  autocomplete: async ({ interaction }, context) => suggestPapers(interaction.options.getFocused(), context),
};

export const showSimilar: Control<CommandContext> = {
  name: 'similar',
  answer: 'reply',
  execute: (request, context) => buildSimilar(request, context, { isShown: false }),
};

export const shareSimilar: Control<CommandContext> = {
  name: 'similar-show',
  answer: 'show',
  execute: (request, context) => buildSimilar(request, context, { isShown: true }),
};

async function buildSimilar(
  { texts, values: [id = ''] }: ControlRequest,
  context: CommandContext,
  { isShown }: { readonly isShown: boolean },
): Promise<AnyReply> {
  const found = await findPaper(id, context);
  const papers = await context.search.similar([found.id], SIMILAR);
  if (papers.length === 0) return { content: texts.papers.nothingSimilar };
  const title = texts.papers.similarTo(cut(found.title, TITLE_LENGTH));
  const show = buildButton(encodeCustomId('similar-show', found.id), texts.pages.showToChannel);
  const rows = isShown ? [] : [buildRow(show)];
  return buildPaperList({ title, shown: takePage(papers, 0, LIST_PAGE), menuName: 'similar', rows }, texts);
}
