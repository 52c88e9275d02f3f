import { ApplicationCommandOptionType } from 'discord.js';
import type { Choice, Command, CommandRequest } from '../../src/discord/interactions/command.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import { destinationId } from '../../src/subscriptions/destination.ts';
import type { Subscription } from '../../src/subscriptions/subscription.ts';
import { readTopic } from '../../src/topics/topic.ts';
import type { CommandContext } from '../context.ts';
import { findSeen, requireChange, type Seen } from '../parts/access.ts';
import { BY_OPTION, CHANNEL_OPTION, findTarget, nothingFollowed, targetIds } from '../parts/find-target.ts';
import { buildRow, cut } from '../parts/message-parts.ts';
import { buildPanel } from '../parts/panel.ts';
import { topicName } from './topic-label.ts';
import { askToEndLast, endTopic, isLastTopic } from './unsubscribe-controls.ts';

const TEXTS = textsFor(DEFAULT_LOCALE).commands.unsubscribe;
const CHOICE_LENGTH = 100;

export const unsubscribe: Command<CommandContext> = {
  data: {
    name: 'unsubscribe',
    description: TEXTS.description,
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'topic',
        description: TEXTS.topic,
        required: true,
        autocomplete: true,
      },
      CHANNEL_OPTION,
      BY_OPTION,
    ],
  },
  async execute(request, context) {
    const { options } = request.interaction;
    const { seen, held } = await findHeld(request, options.getString('topic', true), context);
    requireChange(seen);
    const about = { destination: seen.destination, held };
    if (isLastTopic(seen.destination)) return askToEndLast(about, request);
    const { words, again } = await endTopic(about, request, context);
    return buildPanel([words], [buildRow(again)]);
  },
  async autocomplete(request, { destinations }) {
    const { interaction, texts } = request;
    const named: unknown = interaction.options.get('channel')?.value;
    const channelId = typeof named === 'string' ? named : interaction.channelId;
    const typed = interaction.options.getFocused().toLowerCase();
    const mark = channelId === interaction.channelId ? texts.subscribe.here : texts.subscribe.there;
    const seen = await findSeen(request, destinationId({ kind: 'channel', channelId }), destinations);
    const inChannel = seen?.destination.subscriptions ?? [];
    const own = await destinations.get(destinationId({ kind: 'dm', userId: interaction.user.id }));
    const byDm = own?.subscriptions ?? [];
    return [
      ...inChannel.map((one) => buildChoice(one, mark, texts)),
      ...byDm.map((one) => buildChoice(one, texts.subscribe.byDm, texts)),
    ].filter(({ name }) => name.toLowerCase().includes(typed));
  },
};

function buildChoice({ id, topic }: Subscription, mark: string, texts: Texts): Choice {
  const end = ` · ${mark}`;
  return { name: cut(topicName(topic, texts), CHOICE_LENGTH - end.length) + end, value: id };
}

/** By its id, name or query: in the channel that is meant, and where none is named, by direct message too. */
async function findHeld(
  request: CommandRequest,
  text: string,
  { destinations, topics }: Pick<CommandContext, 'destinations' | 'topics'>,
): Promise<{ readonly seen: Seen; readonly held: Subscription }> {
  const ids = targetIds(request);
  const found = await Promise.all(ids.map((id) => findSeen(request, id, destinations)));
  const followed = found.flatMap((seen) =>
    seen === undefined ? [] : seen.destination.subscriptions.map((held) => ({ seen, held })),
  );
  if (followed.length === 0) throw nothingFollowed(findTarget(request));
  const typed = text.trim().toLowerCase();
  const query = queryOf(text, topics);
  const named = followed.find(({ held }) => held.id === text || held.topic.name.toLowerCase() === typed);
  const chosen = named ?? followed.find(({ held }) => held.topic.query === query);
  if (chosen === undefined) throw new UserError('topic-not-followed', { topic: text });
  return chosen;
}

/** Undefined for what cannot be read, which nobody follows. */
function queryOf(text: string, topics: CommandContext['topics']): string | undefined {
  try {
    return readTopic(text, topics).query;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
