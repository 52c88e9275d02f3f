import { ApplicationCommandOptionType, type BaseInteraction } from 'discord.js';
import type { SampleResult } from '../../src/digest/plan.ts';
import type { AnyReply, Choice, Command, Control, Request } from '../../src/discord/interactions/command.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import { changeSchedule } from '../../src/subscriptions/change-schedule.ts';
import { destinationId, type Place, type Schedule } from '../../src/subscriptions/destination.ts';
import { followInstead, followTopic } from '../../src/subscriptions/follow-topic.ts';
import { assumeZone } from '../../src/subscriptions/likely-zones.ts';
import { undoFollow } from '../../src/subscriptions/unfollow-topic.ts';
import { parseQuery } from '../../src/topics/query/parse-query.ts';
import { FOR_YOU, FOR_YOU_WEEKLY, readTopic, type Topic } from '../../src/topics/topic.ts';
import type { CommandContext } from '../context.ts';
import { fetchExamples } from '../papers/find-paper.ts';
import { findSeen, requireControlled, requireFollowed } from '../parts/access.ts';
import { askerOf } from '../parts/asker.ts';
import { choosePlace, type ChosenPlace } from '../parts/choose-place.ts';
import { BY_OPTION, CHANNEL_OPTION } from '../parts/find-target.ts';
import { chosenIn } from '../parts/message-parts.ts';
import { buildNote } from '../parts/panel.ts';
import { suggestTopics } from '../parts/suggest-topics.ts';
import { readZoneChange } from '../subscriptions/read-schedule-change.ts';
import { findOtherVolume, isLikeWish, readLikeTopic, suggestLike } from './like-topic.ts';
import { buildAnswer, localeOf, renewAnswer } from './subscribe-answer.ts';
import { queryCode, topicLabel } from './topic-label.ts';

const TEXTS = textsFor(DEFAULT_LOCALE).commands.subscribe;
const MOST_UPVOTES = 10_000;

export const subscribe: Command<CommandContext> = {
  data: {
    name: 'subscribe',
    description: TEXTS.description,
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'topic',
        description: TEXTS.topic,
        autocomplete: true,
      },
      CHANNEL_OPTION,
      BY_OPTION,
      {
        type: ApplicationCommandOptionType.Integer,
        name: 'min_upvotes',
        description: TEXTS.minUpvotes,
        min_value: 0,
        max_value: MOST_UPVOTES,
      },
    ],
  },
  async execute(request, context) {
    const { options } = request.interaction;
    const topic = await readWish(request, options.getString('topic') ?? '', context);
    const minUpvotes = options.getInteger('min_upvotes') ?? 0;
    return followAt(request, { topic, minUpvotes, ...(await choosePlace(request, context)) }, context);
  },
  async autocomplete({ interaction, texts }, context) {
    const typed = interaction.options.getFocused();
    if (isLikeWish(typed)) return suggestLike(typed, context, texts);
    return [...suggestForYou(typed), ...(await suggestTopics(typed, context, texts))];
  },
};

function suggestForYou(typed: string): readonly Choice[] {
  const words = typed.trim().toLowerCase();
  const named = words === '' ? [] : [FOR_YOU, FOR_YOU_WEEKLY];
  return named
    .filter(({ name }) => name.toLowerCase().startsWith(words))
    .map(({ name, query }) => ({ name, value: query }));
}

async function readWish(
  { interaction, texts }: Request<BaseInteraction>,
  text: string,
  context: CommandContext,
): Promise<Topic> {
  if (isLikeWish(text)) return readLikeTopic(text, context, { texts, asker: askerOf(interaction) });
  const topic = readTopic(text, context.topics);
  await fetchExamples(parseQuery(topic.query), context);
  return topic;
}

interface FollowWish extends ChosenPlace {
  readonly topic: Topic;
  readonly minUpvotes: number;
}

/** Follows a topic for the person who asks, and answers with what that will bring. */
export async function followAt(
  { interaction, texts }: Request<BaseInteraction>,
  { place, topic, minUpvotes, note }: FollowWish,
  context: CommandContext,
): Promise<AnyReply> {
  const locale = localeOf(interaction, place);
  const by = interaction.user.id;
  const now = context.clock.now();
  const wish = { place, topic, minUpvotes, by, schedule: firstSchedule(locale, context), now };
  const other = await findOtherVolume(destinationId(place), { topic, minUpvotes }, context);
  const result =
    other === undefined
      ? await followTopic(wish, context.destinations, context.random)
      : await followInstead({ ...other, topic, by }, context.destinations, context.random);
  if (other !== undefined) await context.scheduler.settled(other.destinationId);
  return buildAnswer({ result, userId: by, locale, texts, ...(note === undefined ? {} : { note }) }, context);
}

function firstSchedule(locale: string, { defaults }: Pick<CommandContext, 'defaults'>): Schedule {
  return { at: defaults.minute, zone: assumeZone(locale, defaults.zone), days: [1, 2, 3, 4, 5, 6, 7] };
}

export const undoSubscribe: Control<CommandContext> = {
  name: 'undo',
  answer: 'update',
  async execute(request, context) {
    const { texts } = request;
    const { id, place } = await requireControlled(request, context);
    const [, subscriptionId = '', minUpvotes] = request.values;
    const made = { destinationId: id, id: subscriptionId, minUpvotes: Number(minUpvotes) };
    const { removed } = await undoFollow(made, context.destinations, context.clock.now());
    await context.scheduler.settled(id);
    return buildNote(texts.subscribe.undone(topicLabel(removed.topic, texts), place));
  },
};

export const showQuery: Control<CommandContext> = {
  name: 'show-query',
  answer: 'reply',
  async execute(request, { destinations }) {
    const [id = '', subscriptionId] = request.values;
    const seen = await findSeen(request, id, destinations);
    const held = seen?.destination.subscriptions.find((one) => one.id === subscriptionId);
    if (held === undefined) throw new UserError('control-outdated', {});
    return {
      content: request.texts.subscribe.queryOf(
        topicLabel(held.topic, request.texts),
        queryCode(held.topic.query),
      ),
    };
  },
};

export const sendOneNow: Control<CommandContext> = {
  name: 'send-now',
  answer: 'reply',
  async execute(request, context) {
    const { destination, held } = await requireFollowed(request, context);
    const sample = await context.scheduler.sendSample(held);
    return { content: describeSample(sample, destination.place, request.texts) };
  },
};

function describeSample(outcome: SampleResult, place: Place, { subscribe: texts }: Texts): string {
  if (outcome.kind === 'sent') return texts.sampleSent(outcome.papers, place);
  if (outcome.kind === 'already') return texts.sampleAlready(outcome.at);
  if (outcome.kind === 'nothing') return texts.sampleNothing;
  if (outcome.kind === 'held') return texts.sampleHeld(place, outcome.nextLook);
  if (outcome.kind === 'busy') return texts.sampleBusy(place);
  return texts.sampleFailed(outcome.code);
}

/** A zone from the menu of the answer to following, or from a button where a typed zone was not clear. */
export const chooseZone: Control<CommandContext> = {
  name: 'zone',
  answer: 'update',
  async execute(request, context) {
    const { id } = await requireControlled(request, context);
    const [, subscriptionId, pressed = '', ...from] = request.values;
    const { zone } = readZoneChange(chosenIn(request) ?? pressed);
    if (zone === undefined) throw new UserError('control-outdated', {});
    const now = context.clock.now();
    const changed = await context.destinations.change(id, (present) => ({
      destination: present && changeSchedule(present, { zone }, now),
    }));
    if (changed === undefined) throw new UserError('control-outdated', {});
    return renewAnswer(request, { changed, subscriptionId, from }, context);
  },
};
