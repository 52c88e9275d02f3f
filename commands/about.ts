import type { Command, Control } from '../src/discord/interactions/command.ts';
import { encodeCustomId } from '../src/discord/interactions/custom-id.ts';
import { DEFAULT_LOCALE, textsFor } from '../src/discord/texts/texts.ts';
import { UserError } from '../src/errors.ts';
import { destinationId } from '../src/subscriptions/destination.ts';
import { removeDestination } from '../src/subscriptions/unfollow-topic.ts';
import type { CommandContext } from './context.ts';
import { askFirst } from './parts/confirm.ts';
import { buildButton, buildRow } from './parts/message-parts.ts';

export const help: Command<CommandContext> = {
  data: { name: 'help', description: textsFor(DEFAULT_LOCALE).commands.help.description },
  execute: async ({ texts }) => ({ content: texts.help.help() }),
};

export const about: Command<CommandContext> = {
  data: { name: 'about', description: textsFor(DEFAULT_LOCALE).commands.about.description },
  execute: async ({ interaction, texts }, { version }) => ({
    content: texts.help.about(version),
    components: [
      buildRow(
        buildButton(encodeCustomId('delete-data', interaction.user.id), texts.help.deleteMyData, {
          danger: true,
        }),
      ),
    ],
  }),
};

export const askToDeleteData: Control<CommandContext> = {
  name: 'delete-data',
  answer: 'update',
  async execute({ interaction, texts, values: [userId] }) {
    if (interaction.user.id !== userId) throw new UserError('not-your-control', {});
    return askFirst(texts.help.askToDelete, encodeCustomId('delete-data-confirmed', userId), texts);
  },
};

export const deleteData: Control<CommandContext> = {
  name: 'delete-data-confirmed',
  answer: 'update',
  async execute({ interaction, texts, values: [userId] }, context) {
    if (interaction.user.id !== userId) throw new UserError('not-your-control', {});
    const id = destinationId({ kind: 'dm', userId });
    await removeDestination(id, context.destinations);
    await context.scheduler.settled(id);
    await context.deliveries.forget(id);
    await context.savedSearches.removeOf(userId);
    return { content: texts.help.dataDeleted };
  },
};
