import { type BaseInteraction, TextInputStyle } from 'discord.js';
import type { Control, Form, FormOpener, Request } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { UserError } from '../../src/errors.ts';
import {
  annotate,
  MOST_TAGS,
  NOTE_LENGTH,
  parseTags,
  type SavedPaper,
  TAG_LENGTH,
} from '../../src/papers/saved-papers.ts';
import type { CommandContext } from '../context.ts';
import { buildPaperReply, readerOf } from '../papers/paper-reply.ts';
import { findPaper } from '../papers/find-paper.ts';
import { buildTextField, readField } from '../parts/form-parts.ts';

/** What a person writes beside a paper of their own. */
export const openNote: FormOpener<CommandContext> = {
  name: 'note',
  answer: 'form',
  async execute({ interaction, texts, values: [id = ''] }, { savedPapers }) {
    const saved = await savedPapers.get(interaction.user.id, id);
    if (saved === undefined) throw new UserError('control-outdated', {});
    const { form } = texts.library;
    return {
      // Phones show what the first form of an id held: https://github.com/discord/discord-api-docs/issues/7554
      custom_id: encodeCustomId('note', id, interaction.id),
      title: form.title,
      components: [
        buildTextField(
          { id: 'note', label: form.note, hint: form.noteHint },
          {
            value: saved.note ?? '',
            length: NOTE_LENGTH,
            style: TextInputStyle.Paragraph,
            required: false,
          },
        ),
        buildTextField(
          { id: 'tags', label: form.tags, hint: form.tagsHint(MOST_TAGS, TAG_LENGTH) },
          {
            value: saved.tags?.join(', ') ?? '',
            length: MOST_TAGS * (TAG_LENGTH + 2),
            required: false,
          },
        ),
      ],
    };
  },
};

export const noteForm: Form<CommandContext> = {
  name: 'note',
  answer: 'update',
  async execute(request, context) {
    const { fields, values } = request;
    const [id = ''] = values;
    const note = readField(fields, 'note');
    const { tags, left } = parseTags(readField(fields, 'tags'));
    if (left.length > 0)
      throw new UserError('tags-not-kept', { tags: left, most: MOST_TAGS, length: TAG_LENGTH });
    return changeSaved(id, (saved) => annotate(saved, { ...saved, note, tags }), request, context);
  },
};

export const markRead: Control<CommandContext> = {
  name: 'mark-read',
  answer: 'update',
  execute(request, context) {
    const [id = '', wish] = request.values;
    const readAt = wish === 'on' ? context.clock.now() : undefined;
    return changeSaved(id, (saved) => annotate(saved, { ...saved, readAt }), request, context);
  },
};

/** Changes one's own copy, and shows the card again. Raises `control-outdated` for a paper that is not saved any more. */
async function changeSaved(
  id: string,
  change: (saved: SavedPaper) => SavedPaper,
  { interaction, texts }: Pick<Request<BaseInteraction>, 'interaction' | 'texts'>,
  context: CommandContext,
): ReturnType<typeof buildPaperReply> {
  const reader = readerOf({ interaction });
  const changed = await context.savedPapers.change(reader.userId, id, change);
  if (changed === undefined) throw new UserError('control-outdated', {});
  return buildPaperReply({ paper: await findPaper(id, context), open: 'none', reader }, context, texts);
}
