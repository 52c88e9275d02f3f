import { ChannelType, DiscordAPIError, PermissionFlagsBits, type REST, Routes } from 'discord.js';
import { isAdministrator, type ResolvedChannel } from './permissions.ts';
import { GuildChannel, GuildMember, GuildRoles } from './schema.ts';

/** Somebody in a server, as an interaction tells of them. */
interface Asker {
  readonly rest: REST;
  readonly userId: string;
  /** The person's roles, without @everyone. */
  readonly roleIds: readonly string[];
  /** Where they are, and the channels that they name. */
  readonly here: ResolvedChannel;
  readonly named: readonly ResolvedChannel[];
}

const PRIVATE_THREAD: number = ChannelType.PrivateThread;
const THREADS: ReadonlySet<number> = new Set([
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  PRIVATE_THREAD,
]);
/** Unknown channel, unknown guild, missing access, missing permissions. */
const OUT_OF_REACH: ReadonlySet<unknown> = new Set([10003, 10004, 50001, 50013]);

/**
 * What a person may do at present in channels of the server they are in: as the interaction tells, else asked for.
 * Undefined where the bot cannot see the channel any more. The server's roles are asked for once.
 */
export function createRights(asker: Asker): (channelId: string) => Promise<bigint | undefined> {
  const { rest, here, named } = asker;
  let roles: Promise<GuildRoles> | undefined;
  return async (channelId) => {
    const told = [here, ...named].find(({ id }) => id === channelId);
    if (told !== undefined) return told.memberPermissions;
    if (isAdministrator(here.memberPermissions)) return here.memberPermissions;
    try {
      const channel = GuildChannel.parse(await rest.get(Routes.channel(channelId)));
      const isThread = THREADS.has(channel.type) && channel.parent_id;
      const parent = isThread
        ? GuildChannel.parse(await rest.get(Routes.channel(channel.parent_id ?? '')))
        : channel;
      roles ??= rest.get(Routes.guildRoles(channel.guild_id)).then((answer) => GuildRoles.parse(answer));
      const rights = computeRights({ ...asker, channel: parent, roles: await roles });
      const isOpen = channel.type !== PRIVATE_THREAD || (await isInThread(asker, channelId, rights));
      return isOpen ? rights : 0n;
    } catch (error) {
      if (error instanceof DiscordAPIError && OUT_OF_REACH.has(error.code)) return undefined;
      throw error;
    }
  };
}

/** Only its members and those who manage threads see a private one. */
async function isInThread({ rest, userId }: Asker, threadId: string, rights: bigint): Promise<boolean> {
  if ((rights & PermissionFlagsBits.ManageThreads) !== 0n) return true;
  try {
    await rest.get(Routes.threadMembers(threadId, userId));
    return true;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.status === 404) return false;
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

/** What the bot itself may do in a channel of a server, as Discord tells now. */
export async function fetchOwnRights(rest: REST, channelId: string, ownId: string): Promise<bigint> {
  const channel = GuildChannel.parse(await rest.get(Routes.channel(channelId)));
  const roles = GuildRoles.parse(await rest.get(Routes.guildRoles(channel.guild_id)));
  const member = GuildMember.parse(await rest.get(Routes.guildMember(channel.guild_id, ownId)));
  const rights = computeRights({ channel, roles, userId: ownId, roleIds: member.roles });
  const isEverything = roles
    .filter(({ id }) => id === channel.guild_id || member.roles.includes(id))
    .some(({ permissions }) => (permissions & PermissionFlagsBits.Administrator) !== 0n);
  return isEverything ? PermissionFlagsBits.Administrator : rights;
}
