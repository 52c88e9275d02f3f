import { permissionsIn, VIEW_CHANNEL } from '../../playground/discord/guilds/permissions.ts';
import type { Channel, DiscordState, Message } from '../../playground/discord/state.ts';
import type { Answer } from '../audit/history.ts';
import type { ReadDiscord } from './read-messages.ts';

const NAMED = /<#(\d+)>/gu;

/** What people were answered, and which channels that names that they must not know of. */
export function readAnswers({ state }: Pick<ReadDiscord, 'state'>): readonly Answer[] {
  return Object.values(state.messages)
    .flat()
    .filter(({ webhook_id: webhook }) => webhook !== undefined)
    .map((message) => readAnswer(state, message));
}

function readAnswer(state: DiscordState, message: Message): Answer {
  const { content, embeds, components, channel_id: channelId, ephemeral_for: userId = '' } = message;
  const text = JSON.stringify([content, embeds, components]);
  const place = state.channels[channelId];
  const named = [...new Set([...text.matchAll(NAMED)].map(([, id = '']) => id))];
  return {
    at: Date.parse(message.timestamp),
    userId,
    channelId,
    hidden: named.filter((id) => isHidden(state, { place, userId, named: state.channels[id] })),
  };
}

/** In a server only its own channels exist; one that is gone by now is no secret. */
function isHidden(
  state: DiscordState,
  options: {
    readonly place: Channel | undefined;
    readonly userId: string;
    readonly named: Channel | undefined;
  },
): boolean {
  const { place, userId, named } = options;
  if (named === undefined || named.id === place?.id) return false;
  if (place?.guild_id !== undefined && place.guild_id !== named.guild_id) return true;
  return userId !== '' && (permissionsIn(state, named, userId) & VIEW_CHANNEL) === 0n;
}
