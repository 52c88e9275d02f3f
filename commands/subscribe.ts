import { ApplicationCommandOptionType } from 'discord.js';
import type { Command, Control, Reply } from '../src/discord/command.ts';
import { COMMAND_TEXTS } from '../src/discord/command-texts.ts';
import { encodeCustomId } from '../src/discord/custom-id.ts';
import { buildPaperLine } from '../src/discord/paper-line.ts';
import { UserError } from '../src/errors.ts';
import { type Backtest, backtestEveryPaper } from '../src/subscriptions/backtest.ts';
import { changeSchedule } from '../src/subscriptions/change-schedule.ts';
import type { Schedule } from '../src/subscriptions/destination.ts';
import { type FollowResult, followTopic } from '../src/subscriptions/follow-topic.ts';
import { assumeZone, likelyZones } from '../src/subscriptions/likely-zones.ts';
import { unfollowTopic } from '../src/subscriptions/unfollow-topic.ts';
import { MINUTE_MS, parseZone } from '../src/calendar/zoned-time.ts';
import { EVERY_PAPER } from '../src/topics/topic.ts';
import type { CommandContext, SampleOutcome } from './context.ts';
import { describeNextSlot, describeSchedule } from './describe-schedule.ts';
import { EVERYWHERE } from './everywhere.ts';
import {
  CHANNEL_OPTION,
  findChannel,
  preparePlace,
  requireControlledDestination,
} from './managed-channel.ts';
import { buildButton, buildMenu, buildRow } from './message-parts.ts';
import { presentZoneName } from './present-zone-name.ts';

const UNDO_MS = 15 * MINUTE_MS;
const MOST_UPVOTES = 10_000;

export const subscribe: Command<CommandContext> = {
  data: {
    ...EVERYWHERE,
    name: 'subscribe',
    description: 'Get the day’s papers in a channel, each day at its time',
    options: [
      CHANNEL_OPTION,
      {
        type: ApplicationCommandOptionType.Integer,
        name: 'min_upvotes',
        description: 'Only papers with at least this many upvotes',
        min_value: 0,
        max_value: MOST_UPVOTES,
      },
    ],
  },
  async execute(request, context) {
    const { interaction } = request;
    const place = preparePlace(request, findChannel(request), 'cards');
    const locale = interaction.guildLocale ?? interaction.locale;
    const result = await followTopic(
      {
        place,
        topic: EVERY_PAPER,
        minUpvotes: interaction.options.getInteger('min_upvotes') ?? 0,
        by: interaction.user.id,
        schedule: firstSchedule(locale, context),
      },
      context,
      context.clock.now(),
      context.random,
    );
    return buildAnswer(result, locale, interaction.user.id, context);
  },
};

function firstSchedule(locale: string, { defaults }: CommandContext): Schedule {
  return { at: defaults.minute, zone: assumeZone(locale, defaults.zone), days: [1, 2, 3, 4, 5, 6, 7] };
}

function buildAnswer(result: FollowResult, locale: string, userId: string, context: CommandContext): Reply {
  const { kind, destination, subscription, first } = result;
  const channelId = destination.place.kind === 'channel' ? destination.place.channelId : '';
  const isNew = kind === 'followed';
  const headline = {
    followed: COMMAND_TEXTS.followed(channelId, subscription.minUpvotes),
    changed: COMMAND_TEXTS.thresholdChanged(channelId, subscription.minUpvotes),
    already: COMMAND_TEXTS.followedAlready(channelId),
  };
  const owned = [destination.id, userId] as const;
  const samples = buildButton(
    encodeCustomId('send-now', ...owned, subscription.id),
    COMMAND_TEXTS.sendOneNow,
  );
  const undo = buildButton(
    encodeCustomId('undo', ...owned, subscription.id, subscription.minUpvotes),
    COMMAND_TEXTS.undo,
  );
  const zones = likelyZones(locale).map((zone) => ({ label: zone, value: zone }));
  const menu =
    isNew && first ? buildMenu(encodeCustomId('zone', ...owned), COMMAND_TEXTS.chooseZone, zones) : undefined;
  const lines = [
    headline[kind],
    ...describeBacktest(backtestEveryPaper(context.archive, subscription.minUpvotes)),
    describeNextSlot(destination, context.clock.now()),
    menu === undefined ? undefined : COMMAND_TEXTS.zoneAssumed(presentZoneName(destination.schedule.zone)),
  ];
  return {
    content: lines.filter((line) => line !== undefined).join('\n'),
    components: [...(menu === undefined ? [] : [menu]), isNew ? buildRow(samples, undo) : buildRow(samples)],
  };
}

function describeBacktest({ days, total, perDay, busiest, samples }: Backtest): readonly string[] {
  if (days === 0) return [COMMAND_TEXTS.noBacktest];
  return [
    COMMAND_TEXTS.backtest(total, days, perDay),
    ...(busiest === undefined ? [] : [COMMAND_TEXTS.busiest(busiest.day, busiest.papers)]),
    ...samples.map((paper) => `- ${buildPaperLine(paper)}`),
  ];
}

export const undoSubscribe: Control<CommandContext> = {
  name: 'undo',
  answer: 'update',
  async execute(request, context) {
    const destination = requireControlledDestination(request, context);
    const [, , subscriptionId = '', minUpvotes] = request.values;
    const held = context.subscriptions.list(destination.id).find(({ id }) => id === subscriptionId);
    const isUnchanged = held !== undefined && String(held.minUpvotes) === minUpvotes;
    if (!isUnchanged || context.clock.now() - held.createdAt > UNDO_MS)
      throw new UserError('undo-too-late', {});
    await unfollowTopic(destination.id, held.id, context);
    await context.flow.cancel(destination.id, 'undone');
    return { content: COMMAND_TEXTS.undone(destination.place.channelId) };
  },
};

export const sendOneNow: Control<CommandContext> = {
  name: 'send-now',
  answer: 'reply',
  async execute(request, context) {
    const destination = requireControlledDestination(request, context);
    const held = context.subscriptions.list(destination.id).find(({ id }) => id === request.values[2]);
    if (held === undefined) throw new UserError('control-outdated', {});
    const outcome = await context.flow.sendSample(held);
    return { content: describeSample(outcome, destination.place.channelId) };
  },
};

function describeSample(outcome: SampleOutcome, channelId: string): string {
  if (outcome.kind === 'sent') return COMMAND_TEXTS.sampleSent(outcome.papers, channelId);
  if (outcome.kind === 'already') return COMMAND_TEXTS.sampleAlready(outcome.at);
  if (outcome.kind === 'nothing') return COMMAND_TEXTS.sampleNothing;
  return COMMAND_TEXTS.sampleFailed(outcome.outcome.message);
}

export const chooseZone: Control<CommandContext> = {
  name: 'zone',
  answer: 'reply',
  async execute(request, context) {
    const { id, place } = requireControlledDestination(request, context);
    const text = request.interaction.isStringSelectMenu() ? (request.interaction.values[0] ?? '') : '';
    const zone = parseZone(text);
    if (zone === undefined) throw new UserError('zone-not-known', { text });
    const now = context.clock.now();
    const changed = await context.destinations.update(
      id,
      (present) => present && changeSchedule(present, { zone }, now),
    );
    if (changed === undefined) throw new UserError('control-outdated', {});
    const lines = [
      COMMAND_TEXTS.settingsChanged(place.channelId),
      describeSchedule(changed.schedule),
      describeNextSlot(changed, now),
    ];
    return { content: lines.filter((line) => line !== undefined).join('\n') };
  },
};
