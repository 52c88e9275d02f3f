import { PermissionFlagsBits, type REST, Routes } from 'discord.js';
import { computeRights } from './fetch-rights.ts';
import { GuildChannel, GuildMember, GuildRoles } from './schema.ts';

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
