import { ApiError } from '../http/api-error.ts';
import { permissionsIn, VIEW_CHANNEL } from '../guilds/permissions.ts';
import { type Channel, isBotDm, type Message } from '../state.ts';
import type { World } from '../world.ts';

/** A channel that the bot can see; refuses as Discord does otherwise. */
export function findChannel({ state }: World, id: string): Channel {
  const channel = state.channels[id];
  if (channel === undefined) throw new ApiError(404, 10003, 'Unknown Channel');
  const foreign = channel.guild_id === undefined && !isBotDm(channel);
  const bits = permissionsIn(state, channel, state.bot.id);
  if (foreign || (bits & VIEW_CHANNEL) === 0n) throw new ApiError(403, 50001, 'Missing Access');
  return channel;
}

export function refuseWithout({ state }: World, channel: Channel, permission: bigint): void {
  if ((permissionsIn(state, channel, state.bot.id) & permission) === 0n)
    throw new ApiError(403, 50013, 'Missing Permissions');
}

export function findMessage({ state }: World, channelId: string, id: string): Message {
  const message = state.messages[channelId]?.find((one) => one.id === id);
  if (message === undefined) throw new ApiError(404, 10008, 'Unknown Message');
  return message;
}

export function showChannel(
  { state }: World,
  channel: Channel,
): Channel & { last_message_id: string | null } {
  const last = state.messages[channel.id]?.findLast(({ ephemeral_for: reader }) => reader === undefined);
  return { ...channel, last_message_id: last?.id ?? null };
}
