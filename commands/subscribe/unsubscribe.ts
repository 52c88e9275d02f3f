import {
  type APIButtonComponentWithCustomId,
  ApplicationCommandOptionType,
  type BaseInteraction,
} from 'discord.js';
import type {
  AnyReply,
  Choice,
  Command,
  CommandRequest,
  Control,
  Request,
} from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import { type Destination, destinationId } from '../../src/subscriptions/destination.ts';
import { followTopic } from '../../src/subscriptions/follow-topic.ts';
import type { Subscription } from '../../src/subscriptions/subscription.ts';
import { unfollowTopic } from '../../src/subscriptions/unfollow-topic.ts';
import { nameOfQuery, readTopic } from '../../src/topics/topic.ts';
import type { CommandContext } from '../context.ts';
import {
  findSeen,
  type Followed,
  requireChange,
  requireControlled,
  requireFollowed,
  type Seen,
} from '../parts/access.ts';
import { BY_OPTION, CHANNEL_OPTION, findTarget, nothingFollowed, targetIds } from '../parts/find-target.ts';
import { buildButton, buildRow, cut } from '../parts/message-parts.ts';
import { askFirst, buildNote, buildPanel } from '../parts/panel.ts';
import type { ListPage } from '../subscriptions/schedule-answer.ts';
import { renewAnswer } from './subscribe-answer.ts';
import { topicLabel, topicName } from './topic-label.ts';

const TEXTS = textsFor(DEFAULT_LOCALE).commands.unsubscribe;
const CHOICE_LENGTH = 100;

export const unsubscribe: Command<CommandContext> = {
  data: {
    name: 'unsubscribe',
    description: TEXTS.description,
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'topic',
        description: TEXTS.topic,
        required: true,
        autocomplete: true,
      },
      CHANNEL_OPTION,
      BY_OPTION,
    ],
  },
  async execute(request, context) {
    const { options } = request.interaction;
    const { seen, held } = await findHeld(request, options.getString('topic', true), context);
    requireChange(seen);
    const about = { destination: seen.destination, held };
    if (isLastTopic(seen.destination)) return askToEndLast(about, request);
    const { words, again } = await endTopic(about, request, context);
    return buildPanel([words], [buildRow(again)]);
  },
  async autocomplete(request, { destinations }) {
    const { interaction, texts } = request;
    const named: unknown = interaction.options.get('channel')?.value;
    const channelId = typeof named === 'string' ? named : interaction.channelId;
    const typed = interaction.options.getFocused().toLowerCase();
    const mark = channelId === interaction.channelId ? texts.subscribe.here : texts.subscribe.there;
    const seen = await findSeen(request, destinationId({ kind: 'channel', channelId }), destinations);
    const inChannel = seen?.mayChange === true ? seen.destination.subscriptions : [];
    const own = await destinations.get(destinationId({ kind: 'dm', userId: interaction.user.id }));
    const byDm = own?.subscriptions ?? [];
    return [
      ...inChannel.map((one) => buildChoice(one, mark, texts)),
      ...byDm.map((one) => buildChoice(one, texts.subscribe.byDm, texts)),
    ].filter(({ name }) => name.toLowerCase().includes(typed));
  },
};

function buildChoice({ id, topic }: Subscription, mark: string, texts: Texts): Choice {
  const end = ` · ${mark}`;
  return { name: cut(topicName(topic, texts), CHOICE_LENGTH - end.length) + end, value: id };
}

/** By its id, name or query: in the channel that is meant, and where none is named, by direct message too. */
async function findHeld(
  request: CommandRequest,
  text: string,
  { destinations, topics }: Pick<CommandContext, 'destinations' | 'topics'>,
): Promise<{ readonly seen: Seen; readonly held: Subscription }> {
  const ids = targetIds(request);
  const found = await Promise.all(ids.map((id) => findSeen(request, id, destinations)));
  const followed = found.flatMap((seen) =>
    seen === undefined ? [] : seen.destination.subscriptions.map((held) => ({ seen, held })),
  );
  if (followed.length === 0) throw nothingFollowed(findTarget(request));
  const typed = text.trim().toLowerCase();
  const query = queryOf(text, topics);
  const named = followed.find(({ held }) => held.id === text || held.topic.name.toLowerCase() === typed);
  const chosen = named ?? followed.find(({ held }) => held.topic.query === query);
  if (chosen === undefined) throw new UserError('topic-not-followed', { topic: text });
  return chosen;
}

/** Undefined for what cannot be read, which nobody follows. */
function queryOf(text: string, topics: CommandContext['topics']): string | undefined {
  try {
    return readTopic(text, topics).query;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** With its last topic a place loses its settings, which nobody can bring back. */
export function isLastTopic({ subscriptions }: Destination): boolean {
  return subscriptions.length === 1;
}

export function askToEndLast({ destination, held }: Followed, { texts }: Request<BaseInteraction>): AnyReply {
  const question = texts.subscribe.askToEndLast(topicLabel(held.topic, texts), destination.place);
  const id = encodeCustomId('unsubscribe-confirmed', destination.id, held.id);
  return askFirst(question, { label: texts.subscribe.endLast, id }, texts);
}

/** Ends a topic that is not the last one there. Gives what to say, and a button to follow it again. */
export async function endTopic(
  { destination: { id, place }, held: { id: subscriptionId, topic, minUpvotes } }: Followed,
  { interaction, texts }: Request<BaseInteraction>,
  context: CommandContext,
  from: ListPage = [],
): Promise<{ readonly words: string; readonly again: APIButtonComponentWithCustomId }> {
  await unfollowTopic(id, subscriptionId, context.destinations);
  await context.scheduler.settled(id);
  const search = { ...topic, sort: 'relevance' } as const;
  const key = await context.savedSearches.save(interaction.user.id, search);
  // With a page of the list behind it, the whole key would be too long for a custom id.
  const ownKey = key.slice(interaction.user.id.length + 1);
  return {
    words: texts.subscribe.unfollowed(topicLabel(topic, texts), place),
    again: buildButton(
      encodeCustomId('follow-again', id, minUpvotes, ownKey, ...from),
      texts.subscribe.followAgain,
    ),
  };
}

export const confirmUnsubscribe: Control<CommandContext> = {
  name: 'unsubscribe-confirmed',
  answer: 'update',
  async execute(request, context) {
    const { destination, held } = await requireFollowed(request, context);
    const { id, place } = destination;
    const { last } = await unfollowTopic(id, held.id, context.destinations);
    await context.scheduler.settled(id);
    const { subscribe: texts } = request.texts;
    const words = texts.unfollowed(topicLabel(held.topic, request.texts), place);
    return buildNote(last ? `${words} ${texts.lastUnfollowed}` : words);
  },
};

export const followAgain: Control<CommandContext> = {
  name: 'follow-again',
  answer: 'update',
  async execute(request, context) {
    const { place, schedule } = await requireControlled(request, context);
    const [, minUpvotes = '', key = '', ...from] = request.values;
    // Older buttons have the whole key.
    const whole = key.includes('-') ? key : `${request.interaction.user.id}-${key}`;
    const saved = await context.savedSearches.get(whole);
    if (saved === undefined || !/^\d{1,5}$/.test(minUpvotes)) throw new UserError('control-outdated', {});
    const { query, name = nameOfQuery(query, context.topics) } = saved;
    const wish = {
      place,
      schedule,
      topic: { name, query },
      minUpvotes: Number(minUpvotes),
      by: request.interaction.user.id,
      now: context.clock.now(),
    };
    const { destination, subscription } = await followTopic(wish, context.destinations, context.random);
    return renewAnswer(request, { changed: destination, subscriptionId: subscription.id, from }, context);
  },
};
