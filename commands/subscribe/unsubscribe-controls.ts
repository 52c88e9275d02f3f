import type { APIButtonComponentWithCustomId, BaseInteraction } from 'discord.js';
import type { AnyReply, Control, Request } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { UserError } from '../../src/errors.ts';
import type { Destination } from '../../src/subscriptions/destination.ts';
import { followTopic } from '../../src/subscriptions/follow-topic.ts';
import type { Subscription } from '../../src/subscriptions/subscription.ts';
import { unfollowTopic } from '../../src/subscriptions/unfollow-topic.ts';
import { nameOfQuery } from '../../src/topics/topic.ts';
import type { CommandContext } from '../context.ts';
import { requireControlled } from '../parts/access.ts';
import { askFirst } from '../parts/confirm.ts';
import { buildButton } from '../parts/message-parts.ts';
import { buildNote } from '../parts/panel.ts';
import type { ListPage } from '../subscriptions/list-page.ts';
import { renewAnswer } from './renew-answer.ts';
import { topicLabel } from './topic-label.ts';

interface Held {
  readonly destination: Destination;
  readonly held: Subscription;
}

/** With its last topic a place loses its settings, which nobody can bring back. */
export function isLastTopic({ subscriptions }: Destination): boolean {
  return subscriptions.length === 1;
}

export function askToEndLast({ destination, held }: Held, { texts }: Request<BaseInteraction>): AnyReply {
  const question = texts.subscribe.askToEndLast(topicLabel(held.topic, texts), destination.place);
  const id = encodeCustomId('unsubscribe-confirmed', destination.id, held.id);
  return askFirst(question, { label: texts.subscribe.endLast, id }, texts);
}

/** Ends a topic that is not the last one there. Gives what to say, and a button to follow it again. */
export async function endTopic(
  { destination: { id, place }, held: { id: subscriptionId, topic, minUpvotes } }: Held,
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
    const { id, place, subscriptions } = await requireControlled(request, context);
    const held = subscriptions.find((one) => one.id === request.values[1]);
    if (held === undefined) throw new UserError('control-outdated', {});
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
