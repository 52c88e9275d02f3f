import type { Command, Control } from '../src/discord/interactions/command.ts';
import { encodeCustomId } from '../src/discord/interactions/custom-id.ts';
import { DEFAULT_LOCALE, textsFor } from '../src/discord/texts/texts.ts';
import { UserError } from '../src/errors.ts';
import { destinationId } from '../src/subscriptions/destination.ts';
import { unfollowAllPapers } from '../src/subscriptions/follow-paper.ts';
import { removeDestination } from '../src/subscriptions/unfollow-topic.ts';
import type { CommandContext } from './context.ts';
import { buildButton, buildRow } from './parts/message-parts.ts';
import { askFirst, buildNote, buildPanel } from './parts/panel.ts';

export const about: Command<CommandContext> = {
  data: { name: 'about', description: textsFor(DEFAULT_LOCALE).commands.about.description },
  async execute({ interaction, texts }, { version }) {
    const { about: words, deleteMyData } = texts.help;
    const deletion = encodeCustomId('delete-data', interaction.user.id);
    return buildPanel(
      [words.title(version)],
      [words.stored],
      [words.passedOn],
      [words.deletable(), buildRow(buildButton(deletion, deleteMyData, { danger: true }))],
    );
  },
};

export const askToDeleteData: Control<CommandContext> = {
  name: 'delete-data',
  answer: 'update',
  async execute({ interaction, texts, values: [userId] }) {
    if (interaction.user.id !== userId) throw new UserError('not-your-control', {});
    const id = encodeCustomId('delete-data-confirmed', userId);
    return askFirst(texts.help.askToDelete, { label: texts.help.deleteMyData, id }, texts);
  },
};

export const deleteData: Control<CommandContext> = {
  name: 'delete-data-confirmed',
  answer: 'update',
  async execute({ interaction, texts, values: [userId] }, context) {
    if (interaction.user.id !== userId) throw new UserError('not-your-control', {});
    const id = destinationId({ kind: 'dm', userId });
    await removeDestination(id, context.destinations);
    await unfollowAllPapers(id, context.follows);
    await context.scheduler.settled(id);
    await context.deliveries.forget(id);
    await context.savedSearches.removeOf(userId);
    await context.formDrafts.removeOf(userId);
    await context.savedPapers.removeOf(userId);
    await context.forYouChoices.removeOf(userId);
    await context.readingGroups.removeOf(userId);
    return buildNote(texts.help.dataDeleted);
  },
};
