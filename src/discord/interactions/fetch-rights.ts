import { ChannelType, DiscordAPIError, type REST, Routes } from 'discord.js';
import { GuildChannel, GuildRoles } from './channel-schema.ts';

export interface RightsRequest {
  readonly rest: REST;
  readonly channelId: string;
  readonly userId: string;
  /** The person's roles, without @everyone. */
  readonly roleIds: readonly string[];
}

const THREADS: ReadonlySet<number> = new Set([
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]);
/** Unknown channel, unknown guild, missing access, missing permissions. */
const OUT_OF_REACH: ReadonlySet<unknown> = new Set([10003, 10004, 50001, 50013]);

/**
 * What a person may do at present in a channel that an interaction does not tell about; undefined where the bot
 * cannot see it any more. An owner's and an administrator's rights are not looked for: interactions tell them.
 */
export async function fetchRights(request: RightsRequest): Promise<bigint | undefined> {
  const { rest, channelId } = request;
  try {
    const named = GuildChannel.parse(await rest.get(Routes.channel(channelId)));
    const channel =
      THREADS.has(named.type) && named.parent_id
        ? GuildChannel.parse(await rest.get(Routes.channel(named.parent_id)))
        : named;
    const roles = GuildRoles.parse(await rest.get(Routes.guildRoles(channel.guild_id)));
    return computeRights({ ...request, channel, roles });
  } catch (error) {
    if (error instanceof DiscordAPIError && OUT_OF_REACH.has(error.code)) return undefined;
    throw error;
  }
}

/** https://docs.discord.com/developers/topics/permissions#permission-overwrites */
export function computeRights(parts: {
  readonly channel: GuildChannel;
  readonly roles: GuildRoles;
  readonly userId: string;
  readonly roleIds: readonly string[];
}): bigint {
  const { channel, roles, userId, roleIds } = parts;
  const everyone = channel.guild_id;
  const base = roles
    .filter(({ id }) => id === everyone || roleIds.includes(id))
    .reduce((bits, { permissions }) => bits | permissions, 0n);
  const layers = [
    channel.permission_overwrites.filter(({ id }) => id === everyone),
    channel.permission_overwrites.filter(({ id }) => id !== everyone && roleIds.includes(id)),
    channel.permission_overwrites.filter(({ id }) => id === userId),
  ];
  return layers.reduce((bits, layer) => {
    const denied = layer.reduce((sum, { deny }) => sum | deny, 0n);
    const allowed = layer.reduce((sum, { allow }) => sum | allow, 0n);
    return (bits & ~denied) | allowed;
  }, base);
}
