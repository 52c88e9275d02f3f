import type { APIButtonComponentWithCustomId } from 'discord.js';
import type { Control, ControlRequest, Reply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { COLOUR } from '../../src/discord/rendering/paper-card.ts';
import { TOPIC_TEXTS } from '../../src/discord/texts/topic-texts.ts';
import { UserError } from '../../src/errors.ts';
import type { DestinationChange } from '../../src/subscriptions/destination-store.ts';
import type { Destination } from '../../src/subscriptions/destination.ts';
import { pauseDestination, resumeDestination } from '../../src/subscriptions/pause.ts';
import { removeDestination, unfollowTopic } from '../../src/subscriptions/unfollow-topic.ts';
import type { CommandContext } from '../context.ts';
import { requireControlled } from './controlled-destination.ts';
import { describeFully, describeSource } from './describe-destination.ts';
import { buildButton, buildMenu, buildRow } from '../parts/message-parts.ts';
import { topicLabel, topicName } from '../subscribe/topic-label.ts';

/** One destination, with the controls to stop, pause, resume and remove. */
export function buildDestinationView(
  destination: Destination,
  context: CommandContext,
  back?: APIButtonComponentWithCustomId,
): Reply {
  const { id, pausedAt, trouble } = destination;
  const action = pausedAt !== undefined || trouble !== undefined ? 'resume' : 'pause';
  const followed = destination.subscriptions;
  const stop = buildMenu(
    encodeCustomId('stop-topic', id),
    TOPIC_TEXTS.stopTopic,
    followed.length < 2 ? [] : followed.map((one) => ({ label: topicName(one.topic), value: one.id })),
  );
  const silent = describeSource(context);
  return {
    ...(silent === undefined ? {} : { content: silent }),
    embeds: [{ color: COLOUR, description: describeFully(destination, context) }],
    components: [
      ...(stop === undefined ? [] : [stop]),
      buildRow(
        buildButton(encodeCustomId(action, id), TOPIC_TEXTS[action]),
        buildButton(encodeCustomId('remove', id), TOPIC_TEXTS.remove, { danger: true }),
        ...(back === undefined ? [] : [back]),
      ),
    ],
  };
}

export const pause: Control<CommandContext> = {
  name: 'pause',
  answer: 'update',
  async execute(request, context) {
    const now = context.clock.now();
    const paused = await change(request, context, (present) => pauseDestination(present, now));
    await context.flow.settled(paused.id);
    return buildDestinationView(paused, context);
  },
};

export const resume: Control<CommandContext> = {
  name: 'resume',
  answer: 'update',
  async execute(request, context) {
    const now = context.clock.now();
    const resumed = await change(request, context, (present) => ({
      destination: resumeDestination(present, now),
    }));
    return buildDestinationView(resumed, context);
  },
};

async function change(
  request: ControlRequest,
  context: CommandContext,
  apply: (present: Destination) => DestinationChange,
): Promise<Destination> {
  const { id } = await requireControlled(request, context);
  const changed = await context.destinations.change(id, (present) =>
    present === undefined ? { destination: undefined } : apply(present),
  );
  if (changed === undefined) throw new UserError('control-outdated', {});
  return changed;
}

export const remove: Control<CommandContext> = {
  name: 'remove',
  answer: 'update',
  async execute(request, context) {
    const { id, place } = await requireControlled(request, context);
    await removeDestination(id, context.destinations);
    await context.flow.settled(id);
    return { content: TOPIC_TEXTS.removed(place) };
  },
};

export const stopTopic: Control<CommandContext> = {
  name: 'stop-topic',
  answer: 'update',
  async execute(request, context) {
    const { id, place, subscriptions } = await requireControlled(request, context);
    const chosen = request.interaction.isStringSelectMenu() ? request.interaction.values[0] : undefined;
    const held = subscriptions.find((one) => one.id === chosen);
    if (held === undefined) throw new UserError('control-outdated', {});
    await unfollowTopic(id, held.id, context.destinations);
    await context.flow.settled(id);
    const words = TOPIC_TEXTS.unfollowed(topicLabel(held.topic), place);
    const left = await context.destinations.get(id);
    return left === undefined
      ? { content: words }
      : { ...buildDestinationView(left, context), content: words };
  },
};
