import type { APIEmbed } from 'discord.js';
import type { Command, Control, Reply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { escapeWithin } from '../../src/discord/rendering/escape-markdown.ts';
import { COLOUR } from '../../src/discord/rendering/components.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import { countTopics } from '../../src/subscriptions/backtest.ts';
import { type BuiltInTopic, readTopic } from '../../src/topics/topic.ts';
import type { CommandContext } from '../context.ts';
import { chooseOpenPlace, mayFollowHere } from '../parts/choose-place.ts';
import { buildMenu, chosenIn, cut } from '../parts/message-parts.ts';
import { followAt } from './subscribe.ts';
import { topicLabel } from './topic-label.ts';

/** With these, the most topics that there can be fit in one message: 6,000 characters, 4,096 an embed. */
const NAME = 45;
const DESCRIPTION = 85;
const PER_PART = 18;

type TopicCounts = Awaited<ReturnType<typeof countTopics>>;

export const topics: Command<CommandContext> = {
  data: {
    name: 'topics',
    description: textsFor(DEFAULT_LOCALE).commands.topics.description,
  },
  execute: async (request, context) =>
    buildTopics(mayFollowHere(request) ? 'here' : 'dm', context, request.texts),
};

/** The built-in topics, with menus to follow one: where the person is if they may, or by direct message. */
export async function buildTopics(
  by: 'here' | 'dm',
  context: Pick<CommandContext, 'topics' | 'archive' | 'search'>,
  texts: Texts,
): Promise<Reply> {
  const counts = await countTopics(
    context.topics.map(({ query }) => query),
    context,
  );
  const menus = parts(context.topics, PER_PART).map((some, index) =>
    buildMenu(encodeCustomId('follow-topic', index, by), describeMenu(some, texts), some.map(toOption)),
  );
  return {
    embeds: buildEmbeds(context.topics, counts, { by, texts }),
    components: menus.filter((menu) => menu !== undefined),
  };
}

function buildEmbeds(
  all: readonly BuiltInTopic[],
  counts: TopicCounts,
  { by, texts }: { readonly by: 'here' | 'dm'; readonly texts: Texts },
): readonly APIEmbed[] {
  const { topics: title, topicsCount, howToFollow } = texts.subscribe;
  const lists = parts(all, PER_PART).map((some) =>
    some.map((topic) => describeTopic(topic, counts, texts)).join('\n'),
  );
  return lists.map((description, index) => ({
    color: COLOUR,
    ...(index === 0 ? { title } : {}),
    description: index === 0 ? `${howToFollow[by]()}\n\n${description}` : description,
    ...(index === lists.length - 1 ? { footer: { text: topicsCount(counts.days) } } : {}),
  }));
}

function describeTopic(topic: BuiltInTopic, { papers }: TopicCounts, texts: Texts): string {
  const description = escapeWithin(topic.description, DESCRIPTION);
  const label = topicLabel(topic, texts, NAME);
  return `- ${texts.subscribe.topicLine(label, papers.get(topic.query) ?? 0, description)}`;
}

function describeMenu(some: readonly BuiltInTopic[], texts: Texts): string {
  return cut(texts.subscribe.followTopics(some[0]?.name ?? '', some.at(-1)?.name ?? ''));
}

function toOption({ id, name, description }: BuiltInTopic) {
  return { label: name, value: id, description: cut(description) };
}

function parts<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}

/** Follows the chosen topic: by direct message if that was asked for, or where the person may not change the channel. */
export const followBuiltIn: Control<CommandContext> = {
  name: 'follow-topic',
  answer: 'reply',
  async execute(request, context) {
    const id = chosenIn(request);
    const chosen = context.topics.find((topic) => topic.id === id);
    if (chosen === undefined) throw new UserError('control-outdated', {});
    const topic = readTopic(chosen.id, context.topics);
    const place =
      request.values[1] === 'dm'
        ? { place: { kind: 'dm', userId: request.interaction.user.id } as const }
        : await chooseOpenPlace(request, context);
    return followAt(request, { topic, minUpvotes: 0, ...place }, context);
  },
};
