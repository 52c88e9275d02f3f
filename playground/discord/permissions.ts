import type { Channel, DiscordState } from './state.ts';

export const VIEW_CHANNEL = 1n << 10n;
export const SEND_MESSAGES = 1n << 11n;
export const EMBED_LINKS = 1n << 14n;
export const READ_MESSAGE_HISTORY = 1n << 16n;
export const SEND_MESSAGES_IN_THREADS = 1n << 38n;
export const ADMINISTRATOR = 1n << 3n;
export const ALL_PERMISSIONS = (1n << 51n) - 1n;

/** https://discord.com/developers/docs/topics/permissions#permission-overwrites */
export function permissionsIn(state: DiscordState, channel: Channel, userId: string): bigint {
  const guild = channel.guild_id === undefined ? undefined : state.guilds[channel.guild_id];
  if (guild === undefined) return ALL_PERMISSIONS;
  const owned = guild.members[userId] ?? [];
  let bits = 0n;
  for (const role of guild.roles) {
    if (role.id === guild.id || owned.includes(role.id)) bits |= BigInt(role.permissions);
  }
  if ((bits & ADMINISTRATOR) !== 0n) return ALL_PERMISSIONS;
  const parent = channel.type === 11 ? state.channels[channel.parent_id ?? ''] : undefined;
  for (const { id, allow, deny } of (parent ?? channel).permission_overwrites) {
    if (id === guild.id || id === userId || owned.includes(id)) bits = (bits & ~BigInt(deny)) | BigInt(allow);
  }
  return bits;
}
