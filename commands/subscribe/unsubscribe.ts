import { ApplicationCommandOptionType } from 'discord.js';
import type { Choice, Command, CommandRequest } from '../../src/discord/interactions/command.ts';
import { TOPIC_TEXTS } from '../../src/discord/texts/topic-texts.ts';
import { UserError } from '../../src/errors.ts';
import { destinationId } from '../../src/subscriptions/destination.ts';
import type { Subscription } from '../../src/subscriptions/subscription.ts';
import { unfollowTopic } from '../../src/subscriptions/unfollow-topic.ts';
import { readTopic } from '../../src/topics/read-topic.ts';
import type { CommandContext } from '../context.ts';
import { EVERYWHERE } from '../parts/everywhere.ts';
import { BY_OPTION, CHANNEL_OPTION, findTarget, isOpen, targetId } from '../parts/find-target.ts';
import { requireManager } from '../parts/managed-channel.ts';
import { cut } from '../parts/message-parts.ts';
import { topicLabel, topicName } from './topic-label.ts';

const CHOICE_LENGTH = 100;

export const unsubscribe: Command<CommandContext> = {
  data: {
    ...EVERYWHERE,
    name: 'unsubscribe',
    description: 'Stop following a topic, in a channel or by direct message',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'topic',
        description: 'What to stop',
        required: true,
        autocomplete: true,
      },
      CHANNEL_OPTION,
      BY_OPTION,
    ],
  },
  async execute(request, context) {
    const text = request.interaction.options.getString('topic', true);
    const held = await findHeld(request, text, context);
    const { destinationId: id, topic } = held;
    const place = (await context.destinations.get(id))?.place;
    if (place === undefined) throw new UserError('topic-not-followed', { topic: text });
    const target = findTarget(request);
    if (place.kind === 'channel' && target.kind === 'channel') requireManager(target.channel);
    const { last } = await unfollowTopic(id, held.id, context.destinations);
    await context.flow.settled(id);
    const words = TOPIC_TEXTS.unfollowed(topicLabel(topic), place);
    return { content: last ? `${words} ${TOPIC_TEXTS.lastUnfollowed}` : words };
  },
  async autocomplete({ interaction }, { destinations }) {
    const named: unknown = interaction.options.get('channel')?.value;
    const channelId = typeof named === 'string' ? named : interaction.channelId;
    const typed = interaction.options.getFocused().toLowerCase();
    const isHere = channelId === interaction.channelId;
    const inChannel =
      interaction.guildId === null
        ? undefined
        : await destinations.get(destinationId({ kind: 'channel', channelId }));
    const byDm = await destinations.get(destinationId({ kind: 'dm', userId: interaction.user.id }));
    return [
      ...(inChannel?.subscriptions ?? []).map((one) =>
        buildChoice(one, isHere ? TOPIC_TEXTS.here : TOPIC_TEXTS.there),
      ),
      ...(byDm?.subscriptions ?? []).map((one) => buildChoice(one, TOPIC_TEXTS.directMessages)),
    ].filter(({ name }) => name.toLowerCase().includes(typed));
  },
};

function buildChoice({ id, topic }: Subscription, mark: string): Choice {
  const end = ` · ${mark}`;
  return { name: cut(topicName(topic), CHOICE_LENGTH - end.length) + end, value: id };
}

/** By its id, name or query: in the channel that is meant, and where none is named, by direct message too. */
async function findHeld(
  request: CommandRequest,
  text: string,
  context: CommandContext,
): Promise<Subscription> {
  const target = findTarget(request);
  const own = destinationId({ kind: 'dm', userId: request.interaction.user.id });
  const ids = isOpen(request) ? [...new Set([targetId(target), own])] : [targetId(target)];
  const present = await Promise.all(ids.map((id) => context.destinations.get(id)));
  const followed = present.flatMap((one) => one?.subscriptions ?? []);
  if (followed.length === 0) {
    throw new UserError('nothing-followed', target.kind === 'dm' ? {} : { channelId: target.channel.id });
  }
  const typed = text.trim().toLowerCase();
  const held =
    followed.find(({ id, topic }) => id === text || topic.name.toLowerCase() === typed) ??
    followed.find(({ topic }) => topic.query === queryOf(text, context));
  if (held === undefined) throw new UserError('topic-not-followed', { topic: text });
  return held;
}

/** Undefined for what cannot be read, which nobody follows. */
function queryOf(text: string, { topics }: CommandContext): string | undefined {
  try {
    return readTopic(text, topics).query;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
