import type { Command, Control } from '../../src/discord/interactions/command.ts';
import { HELP_TEXTS } from '../../src/discord/texts/help-texts.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { UserError } from '../../src/errors.ts';
import { destinationId } from '../../src/subscriptions/destination.ts';
import { removeDestination } from '../../src/subscriptions/unfollow-topic.ts';
import type { CommandContext } from '../context.ts';
import { EVERYWHERE } from '../parts/everywhere.ts';
import { buildButton, buildRow } from '../parts/message-parts.ts';

export const about: Command<CommandContext> = {
  data: { ...EVERYWHERE, name: 'about', description: 'Version, source, and what is stored about you' },
  execute: async ({ interaction }, { version }) => ({
    content: HELP_TEXTS.about(version),
    components: [
      buildRow(
        buildButton(encodeCustomId('delete-data', interaction.user.id), HELP_TEXTS.deleteMyData, {
          danger: true,
        }),
      ),
    ],
  }),
};

export const deleteData: Control<CommandContext> = {
  name: 'delete-data',
  answer: 'update',
  async execute({ interaction, values: [userId] }, context) {
    if (interaction.user.id !== userId) throw new UserError('not-your-control', {});
    const id = destinationId({ kind: 'dm', userId });
    await removeDestination(id, context.destinations);
    await context.flow.settled(id);
    await context.deliveries.forget(id);
    await context.savedSearches.removeOf(userId);
    return { content: HELP_TEXTS.dataDeleted };
  },
};
