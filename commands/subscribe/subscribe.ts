import { ApplicationCommandOptionType, type BaseInteraction } from 'discord.js';
import type { Command, Reply, Request } from '../../src/discord/interactions/command.ts';
import { DEFAULT_LOCALE, textsFor } from '../../src/discord/texts/texts.ts';
import type { Place, Schedule } from '../../src/subscriptions/destination.ts';
import { followTopic } from '../../src/subscriptions/follow-topic.ts';
import { assumeZone } from '../../src/subscriptions/likely-zones.ts';
import { readTopic, type Topic } from '../../src/topics/topic.ts';
import type { CommandContext } from '../context.ts';
import { EVERYWHERE } from '../parts/everywhere.ts';
import { BY_OPTION, CHANNEL_OPTION } from '../parts/find-target.ts';
import { type ChosenPlace, choosePlace } from './choose-place.ts';
import { buildAnswer } from './subscribe-answer.ts';
import { suggestTopics } from './suggest-topics.ts';

const TEXTS = textsFor(DEFAULT_LOCALE).commands.subscribe;
const MOST_UPVOTES = 10_000;

export const subscribe: Command<CommandContext> = {
  data: {
    ...EVERYWHERE,
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
    const topic = readTopic(options.getString('topic') ?? '', context.topics);
    const minUpvotes = options.getInteger('min_upvotes') ?? 0;
    return followAt(request, { topic, minUpvotes, ...(await choosePlace(request, context)) }, context);
  },
  autocomplete: async ({ interaction, texts }, context) =>
    suggestTopics(interaction.options.getFocused(), context, texts),
};

interface FollowWish extends ChosenPlace {
  readonly topic: Topic;
  readonly minUpvotes: number;
}

/** Follows a topic for the person who asks, and answers with what that will bring. */
export async function followAt(
  { interaction, texts }: Request<BaseInteraction>,
  { place, topic, minUpvotes, note }: FollowWish,
  context: CommandContext,
): Promise<Reply> {
  const locale = localeOf(interaction, place);
  const result = await followTopic(
    {
      place,
      topic,
      minUpvotes,
      by: interaction.user.id,
      schedule: firstSchedule(locale, context),
      now: context.clock.now(),
    },
    context.destinations,
    context.random,
  );
  return buildAnswer({ result, locale, texts, ...(note === undefined ? {} : { note }) }, context);
}

/** A channel's readers are the server's; direct messages have one. */
function localeOf({ guildLocale, locale }: BaseInteraction, { kind }: Place): string {
  return kind === 'dm' ? locale : (guildLocale ?? locale);
}

function firstSchedule(locale: string, { defaults }: Pick<CommandContext, 'defaults'>): Schedule {
  return { at: defaults.minute, zone: assumeZone(locale, defaults.zone), days: [1, 2, 3, 4, 5, 6, 7] };
}
