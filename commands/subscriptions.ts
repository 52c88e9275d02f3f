import type { Command, Control, Reply } from '../src/discord/command.ts';
import { COMMAND_TEXTS } from '../src/discord/command-texts.ts';
import { encodeCustomId } from '../src/discord/custom-id.ts';
import { mayManageServer } from '../src/discord/permissions.ts';
import { UserError } from '../src/errors.ts';
import { type Destination, destinationId } from '../src/subscriptions/destination.ts';
import { pauseDestination, resumeDestination } from '../src/subscriptions/pause.ts';
import { removeDestination } from '../src/subscriptions/unfollow-topic.ts';
import type { CommandContext } from './context.ts';
import { describeNextSlot, describeSchedule } from './describe-schedule.ts';
import { EVERYWHERE } from './everywhere.ts';
import { CHANNEL_OPTION, findChannel, requireControlledDestination } from './managed-channel.ts';
import { buildButton, buildRow, cut } from './message-parts.ts';

const CONTENT_LENGTH = 2000;

export const subscriptions: Command<CommandContext> = {
  data: {
    ...EVERYWHERE,
    name: 'subscriptions',
    description: 'What is followed, when it comes next, and whether it gets through',
    options: [CHANNEL_OPTION],
  },
  async execute(request, context) {
    const { interaction, here } = request;
    const own = context.destinations.get(destinationId({ kind: 'dm', userId: interaction.user.id }));
    const isNamed = interaction.options.get('channel') !== null;
    const wide = here !== undefined && mayManageServer(here.memberPermissions) && !isNamed;
    const channelId = interaction.guildId === null ? undefined : findChannel(request).id;
    const shown = context.destinations.list().filter(({ place }) => {
      if (place.kind !== 'channel' || place.guildId !== interaction.guildId) return false;
      return wide || place.channelId === channelId;
    });
    const all = own === undefined ? shown : [...shown, own];
    const [only, ...others] = all;
    if (only === undefined) return { content: COMMAND_TEXTS.nothingHere };
    if (others.length === 0) return buildView(only, interaction.user.id, context);
    const texts = all.map((one) => describeDestination(one, context));
    return { content: cut(texts.join('\n\n'), CONTENT_LENGTH) };
  },
};

function buildView(destination: Destination, userId: string, context: CommandContext): Reply {
  const content = cut(describeDestination(destination, context), CONTENT_LENGTH);
  if (destination.place.kind !== 'channel') return { content };
  const stopped = destination.pausedAt !== undefined || destination.trouble !== undefined;
  const action = stopped ? 'resume' : 'pause';
  return {
    content,
    components: [
      buildRow(
        buildButton(encodeCustomId(action, destination.id, userId), COMMAND_TEXTS[action]),
        buildButton(encodeCustomId('remove', destination.id, userId), COMMAND_TEXTS.remove, { danger: true }),
      ),
    ],
  };
}

function describeDestination(destination: Destination, context: CommandContext): string {
  const { place, pausedAt, trouble, lastDeliveredAt } = destination;
  const followed = context.subscriptions
    .list(destination.id)
    .map(({ topic, minUpvotes }) =>
      minUpvotes > 0 ? `${topic.name} (${minUpvotes} upvotes or more)` : topic.name,
    );
  const lines = [
    `${place.kind === 'channel' ? `<#${place.channelId}>` : '**Direct messages**'}: ${followed.join(', ')}`,
    describeSchedule(destination.schedule),
    describeNextSlot(destination, context.clock.now()),
    lastDeliveredAt === undefined
      ? COMMAND_TEXTS.notDeliveredYet
      : COMMAND_TEXTS.lastDelivered(lastDeliveredAt),
    pausedAt === undefined ? undefined : COMMAND_TEXTS.paused(pausedAt),
    trouble === undefined ? undefined : COMMAND_TEXTS.trouble(trouble),
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}

export const pause: Control<CommandContext> = {
  name: 'pause',
  answer: 'update',
  async execute(request, context) {
    const { id } = requireControlledDestination(request, context);
    const now = context.clock.now();
    const paused = await context.destinations.update(
      id,
      (present) => present && pauseDestination(present, now),
    );
    if (paused === undefined) throw new UserError('control-outdated', {});
    await context.flow.cancel(id, 'paused');
    return buildView(paused, request.interaction.user.id, context);
  },
};

export const resume: Control<CommandContext> = {
  name: 'resume',
  answer: 'update',
  async execute(request, context) {
    const { id } = requireControlledDestination(request, context);
    const now = context.clock.now();
    const resumed = await context.destinations.update(
      id,
      (present) => present && resumeDestination(present, now),
    );
    if (resumed === undefined) throw new UserError('control-outdated', {});
    return buildView(resumed, request.interaction.user.id, context);
  },
};

export const remove: Control<CommandContext> = {
  name: 'remove',
  answer: 'update',
  async execute(request, context) {
    const { id, place } = requireControlledDestination(request, context);
    await removeDestination(id, context);
    await context.flow.cancel(id, 'removed');
    return { content: COMMAND_TEXTS.removed(place.channelId) };
  },
};
