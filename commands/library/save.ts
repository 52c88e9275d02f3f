import type { Command, Control, LayoutReply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { buildTitleLink } from '../../src/discord/rendering/paper-texts.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../../src/discord/texts/texts.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { savePaper } from '../../src/papers/saved-papers.ts';
import type { CommandContext } from '../context.ts';
import { findPaper, identifyPaper, PAPER_OPTION, recallPaper, suggestPapers } from '../papers/find-paper.ts';
import { buildCandidates } from '../papers/paper-list.ts';
import { askerOf } from '../parts/asker.ts';
import { buildButton, buildRow } from '../parts/message-parts.ts';
import { buildPanel } from '../parts/panel.ts';

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

const TITLE = 200;

/** Saves a paper for a person, and tells them how to undo that and where it is. Raises `library-full`. */
async function saveFor(
  userId: string,
  paper: Paper,
  { savedPapers, clock, texts }: Pick<CommandContext, 'savedPapers' | 'clock'> & { readonly texts: Texts },
): Promise<LayoutReply> {
  const { id: paperId } = paper;
  const savedAt = clock.now();
  const title = buildTitleLink(paper, TITLE);
  const isNew = await savePaper({ userId, paperId, savedAt }, savedPapers);
  const before = isNew ? undefined : await savedPapers.get(userId, paperId);
  const { library } = texts;
  return buildPanel([
    before === undefined ? library.saved(title) : library.already(title, before.savedAt),
    buildRow(
      buildButton(encodeCustomId('unsave', paperId), library.unsave),
      buildButton(encodeCustomId('library', 0), library.open),
    ),
  ]);
}

/** The button of cards that everybody sees. */
export const saveButton: Control<CommandContext> = {
  name: 'save',
  answer: 'reply',
  async execute({ interaction, texts, values: [id = ''] }, context) {
    const paper = await findPaper(id, context);
    return saveFor(interaction.user.id, paper, { ...context, texts });
  },
};

export const unsaveButton: Control<CommandContext> = {
  name: 'unsave',
  answer: 'update',
  async execute({ interaction, texts, values: [id = ''] }, context) {
    await context.savedPapers.remove(interaction.user.id, id);
    const paper = recallPaper(id, context);
    return buildPanel([
      texts.library.unsaved(buildTitleLink(paper, TITLE)),
      buildRow(
        buildButton(encodeCustomId('save-again', id), texts.library.save),
        buildButton(encodeCustomId('library', 0), texts.library.open),
      ),
    ]);
  },
};

/** Takes the place of what was removed by mistake. */
export const saveAgain: Control<CommandContext> = { ...saveButton, name: 'save-again', answer: 'update' };
