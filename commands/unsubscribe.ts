import { ApplicationCommandOptionType } from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import { COMMAND_TEXTS } from '../src/discord/command-texts.ts';
import { UserError } from '../src/errors.ts';
import { destinationId } from '../src/subscriptions/destination.ts';
import { unfollowTopic } from '../src/subscriptions/unfollow-topic.ts';
import type { CommandContext } from './context.ts';
import { EVERYWHERE } from './everywhere.ts';
import { CHANNEL_OPTION, findChannel, requireManager } from './managed-channel.ts';
import { cut } from './message-parts.ts';

export const unsubscribe: Command<CommandContext> = {
  data: {
    ...EVERYWHERE,
    name: 'unsubscribe',
    description: 'Stop something that a channel follows',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'topic',
        description: 'What to stop',
        required: true,
        autocomplete: true,
      },
      CHANNEL_OPTION,
    ],
  },
  async execute(request, context) {
    const channel = findChannel(request);
    requireManager(channel);
    const id = destinationId({ kind: 'channel', channelId: channel.id });
    const topic = request.interaction.options.getString('topic', true);
    const followed = context.subscriptions.list(id);
    if (followed.length === 0) throw new UserError('nothing-followed', { channelId: channel.id });
    const held = followed.find(
      (one) => one.id === topic || one.topic.name.toLowerCase() === topic.trim().toLowerCase(),
    );
    if (held === undefined) throw new UserError('topic-not-followed', { topic });
    await unfollowTopic(id, held.id, context);
    await context.flow.cancel(id, 'unsubscribed');
    return { content: COMMAND_TEXTS.unfollowed(held.topic.name, channel.id) };
  },
  async autocomplete({ interaction }, { subscriptions }) {
    const named: unknown = interaction.options.get('channel')?.value;
    const channelId = typeof named === 'string' ? named : interaction.channelId;
    const typed = interaction.options.getFocused().toLowerCase();
    return subscriptions
      .list(destinationId({ kind: 'channel', channelId }))
      .filter(({ topic }) => topic.name.toLowerCase().includes(typed))
      .map(({ id, topic }) => ({ name: cut(topic.name), value: id }));
  },
};
