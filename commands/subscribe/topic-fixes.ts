import type { AnyReply, Control, ControlRequest } from '../../src/discord/interactions/command.ts';
import { UserError } from '../../src/errors.ts';
import { changeSchedule } from '../../src/subscriptions/change-schedule.ts';
import { followInstead, followTopic } from '../../src/subscriptions/follow-topic.ts';
import { nameOfQuery, type Topic } from '../../src/topics/topic.ts';
import type { CommandContext } from '../context.ts';
import { type Followed, requireFollowed } from '../parts/access.ts';
import { buildLikeTopic, examplesOf, VOLUMES } from './like-topic.ts';
import { renewAnswer } from './subscribe-answer.ts';

/** Follows the query that was offered in place of what is followed. */
export const followOffered: Control<CommandContext> = {
  name: 'instead',
  answer: 'update',
  async execute(request, context) {
    const { destination, held } = await requireFollowed(request, context);
    const saved = await context.savedSearches.get(request.values[2] ?? '');
    if (saved === undefined) throw new UserError('control-outdated', {});
    const { query } = saved;
    const topic = { name: nameOfQuery(query, context.topics), query };
    return followOther(request, { destination, held, topic }, context);
  },
};

/** Follows a topic in place of one that is followed. */
async function followOther(
  request: ControlRequest,
  change: Followed & { readonly topic: Topic },
  context: CommandContext,
): Promise<AnyReply> {
  const { destination, held, topic } = change;
  const { destination: changed, subscription } = await followInstead(
    {
      destinationId: destination.id,
      subscriptionId: held.id,
      topic,
      by: request.interaction.user.id,
    },
    context.destinations,
    context.random,
  );
  await context.scheduler.settled(destination.id);
  return renewAnswer(request, { changed, subscriptionId: subscription.id }, context);
}

/** Takes papers with any number of upvotes. */
export const dropLimit: Control<CommandContext> = {
  name: 'drop-limit',
  answer: 'update',
  async execute(request, context) {
    const { destination, held } = await requireFollowed(request, context);
    const { place, schedule } = destination;
    const by = request.interaction.user.id;
    const now = context.clock.now();
    const wish = { place, topic: held.topic, minUpvotes: 0, by, schedule, now };
    const result = await followTopic(wish, context.destinations, context.random);
    return renewAnswer(request, { changed: result.destination, subscriptionId: held.id }, context);
  },
};

/** Leaves out the papers over the maximum. */
export const hideRest: Control<CommandContext> = {
  name: 'hide-rest',
  answer: 'update',
  async execute(request, context): Promise<AnyReply> {
    const { destination, held } = await requireFollowed(request, context);
    const now = context.clock.now();
    const changed = await context.destinations.change(destination.id, (present) => ({
      destination: present && changeSchedule(present, { overflow: 'hide' }, now),
    }));
    if (changed === undefined) throw new UserError('control-outdated', {});
    return renewAnswer(request, { changed, subscriptionId: held.id }, context);
  },
};

/** The same examples with another volume. */
export const changeVolume: Control<CommandContext> = {
  name: 'like-volume',
  answer: 'update',
  async execute(request, context) {
    const { destination, held } = await requireFollowed(request, context);
    const examples = examplesOf(held.topic);
    const volume = VOLUMES.find((one) => one === request.values[2]);
    if (examples === undefined || volume === undefined) throw new UserError('control-outdated', {});
    const topic = await buildLikeTopic(examples, volume, { context, texts: request.texts });
    return followOther(request, { destination, held, topic }, context);
  },
};
