import type { APIButtonComponentWithCustomId } from 'discord.js';
import type { Control, ControlRequest, Reply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { COLOUR } from '../../src/discord/rendering/components.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import type { DestinationChange } from '../../src/subscriptions/destination-store.ts';
import type { Destination } from '../../src/subscriptions/destination.ts';
import { pauseDestination, resumeDestination } from '../../src/subscriptions/change-schedule.ts';
import { removeDestination, unfollowTopic } from '../../src/subscriptions/unfollow-topic.ts';
import type { CommandContext } from '../context.ts';
import { requireControlled, type Seen } from '../parts/access.ts';
import { describeFully, describeMishaps, describeSource } from './describe-destination.ts';
import { askFirst } from '../parts/confirm.ts';
import { buildButton, buildMenu, buildRow, type Row } from '../parts/message-parts.ts';
import { topicLabel, topicName } from '../subscribe/topic-label.ts';

type ViewTools = Pick<CommandContext, 'archive' | 'clock' | 'deliveries'>;

/** One destination, with the controls to stop, pause, resume and remove for those who may. */
export async function buildDestinationView(
  { destination, mayChange }: Seen,
  context: ViewTools,
  { texts, back }: { readonly texts: Texts; readonly back?: APIButtonComponentWithCustomId },
): Promise<Reply> {
  const silent = describeSource(context, texts);
  const changing = mayChange ? buildChangeButtons(destination, texts) : [];
  const buttons = [...changing, ...(back === undefined ? [] : [back])];
  const mishaps = await describeMishaps(destination, context, texts);
  const stop = mayChange ? buildStopMenu(destination, texts) : undefined;
  return {
    ...(silent === undefined ? {} : { content: silent }),
    embeds: [
      { color: COLOUR, description: [describeFully(destination, context, texts), ...mishaps].join('\n') },
    ],
    components: [
      ...(stop === undefined ? [] : [stop]),
      ...(buttons.length === 0 ? [] : [buildRow(...buttons)]),
    ],
  };
}

function buildChangeButtons(
  { id, pausedAt, trouble }: Destination,
  { subscriptions: texts }: Texts,
): readonly APIButtonComponentWithCustomId[] {
  const action = pausedAt !== undefined || trouble !== undefined ? 'resume' : 'pause';
  return [
    buildButton(encodeCustomId(action, id), texts[action]),
    buildButton(encodeCustomId('remove', id), texts.remove, { danger: true }),
  ];
}

function buildStopMenu({ id, subscriptions }: Destination, texts: Texts): Row | undefined {
  if (subscriptions.length < 2) return undefined;
  const options = subscriptions.map((one) => ({ label: topicName(one.topic, texts), value: one.id }));
  return buildMenu(encodeCustomId('stop-topic', id), texts.subscriptions.stopTopic, options);
}

export const pause: Control<CommandContext> = {
  name: 'pause',
  answer: 'update',
  async execute(request, context) {
    const now = context.clock.now();
    const paused = await change(request, context, (present) => pauseDestination(present, now));
    await context.scheduler.settled(paused.id);
    return buildDestinationView({ destination: paused, mayChange: true }, context, request);
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
    return buildDestinationView({ destination: resumed, mayChange: true }, context, request);
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

export const askToRemove: Control<CommandContext> = {
  name: 'remove',
  answer: 'update',
  async execute(request, context) {
    const { id, place } = await requireControlled(request, context);
    const question = request.texts.subscriptions.askToRemove(place);
    return askFirst(question, encodeCustomId('remove-confirmed', id), request.texts);
  },
};

export const remove: Control<CommandContext> = {
  name: 'remove-confirmed',
  answer: 'update',
  async execute(request, context) {
    const { id, place } = await requireControlled(request, context);
    await removeDestination(id, context.destinations);
    await context.scheduler.settled(id);
    return { content: request.texts.subscriptions.removed(place) };
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
    await context.scheduler.settled(id);
    const { texts } = request;
    const words = texts.subscribe.unfollowed(topicLabel(held.topic, texts), place);
    const left = await context.destinations.get(id);
    return left === undefined
      ? { content: words }
      : {
          ...(await buildDestinationView({ destination: left, mayChange: true }, context, request)),
          content: words,
        };
  },
};
