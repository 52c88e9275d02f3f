import { ApplicationCommandOptionType, type BaseInteraction } from 'discord.js';
import type { AnyReply, Choice, Command, Request } from '../../src/discord/interactions/command.ts';
import { DEFAULT_LOCALE, textsFor } from '../../src/discord/texts/texts.ts';
import { destinationId, type Schedule } from '../../src/subscriptions/destination.ts';
import { followInstead, followTopic } from '../../src/subscriptions/follow-topic.ts';
import { assumeZone } from '../../src/subscriptions/likely-zones.ts';
import { FOR_YOU, FOR_YOU_WEEKLY, readTopic, type Topic } from '../../src/topics/topic.ts';
import type { CommandContext } from '../context.ts';
import { askerOf } from '../parts/asker.ts';
import { choosePlace, type ChosenPlace } from '../parts/choose-place.ts';
import { BY_OPTION, CHANNEL_OPTION } from '../parts/find-target.ts';
import { suggestTopics } from '../parts/suggest-topics.ts';
import { findOtherVolume, isLikeWish, readLikeTopic, suggestLike } from './like-topic.ts';
import { buildAnswer, localeOf } from './subscribe-answer.ts';

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

function readWish(
  { interaction, texts }: Request<BaseInteraction>,
  text: string,
  context: CommandContext,
): Topic | Promise<Topic> {
  if (!isLikeWish(text)) return readTopic(text, context.topics);
  return readLikeTopic(text, context, { texts, asker: askerOf(interaction) });
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
