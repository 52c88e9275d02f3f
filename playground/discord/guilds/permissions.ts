import { type Channel, type DiscordState, isBotDm, isThread } from '../state.ts';

export const ADMINISTRATOR = 1n << 3n;
export const VIEW_CHANNEL = 1n << 10n;
export const SEND_MESSAGES = 1n << 11n;
export const EMBED_LINKS = 1n << 14n;
export const ATTACH_FILES = 1n << 15n;
export const READ_MESSAGE_HISTORY = 1n << 16n;
export const MENTION_EVERYONE = 1n << 17n;
export const USE_EXTERNAL_EMOJIS = 1n << 18n;
export const MANAGE_EVENTS = 1n << 33n;
export const MANAGE_THREADS = 1n << 34n;
export const CREATE_PUBLIC_THREADS = 1n << 35n;
export const SEND_MESSAGES_IN_THREADS = 1n << 38n;
export const CONNECT = 1n << 20n;
export const CREATE_EVENTS = 1n << 44n;
export const SEND_POLLS = 1n << 49n;
export const USE_EXTERNAL_APPS = 1n << 50n;
export const ALL_PERMISSIONS = (1n << 51n) - 1n;
/** Neither Administrator, nor Manage Channels, nor Manage Server, nor what moderators have. */
export const EVERYONE_PERMISSIONS =
  ALL_PERMISSIONS &
  ~(ADMINISTRATOR | (1n << 4n) | (1n << 5n) | MENTION_EVERYONE | MANAGE_THREADS | MANAGE_EVENTS);

/** In a server, whatever its channels say. */
export function permissionsInGuild(state: DiscordState, guildId: string, userId: string): bigint {
  const guild = state.guilds[guildId];
  const owned = guild?.members[userId];
  if (guild === undefined || owned === undefined) return 0n;
  let bits = 0n;
  for (const role of guild.roles)
    if (role.id === guild.id || owned.includes(role.id)) bits |= BigInt(role.permissions);
  return userId === guild.owner_id || (bits & ADMINISTRATOR) !== 0n ? ALL_PERMISSIONS : bits;
}

/** What somebody may do in a channel: https://discord.com/developers/docs/topics/permissions#permission-overwrites */
export function permissionsIn(state: DiscordState, channel: Channel, userId: string): bigint {
  if (channel.guild_id === undefined) return ALL_PERMISSIONS;
  const guild = state.guilds[channel.guild_id];
  const owned = guild?.members[userId];
  if (guild === undefined || owned === undefined) return 0n;
  let bits = permissionsInGuild(state, guild.id, userId);
  if (bits === ALL_PERMISSIONS) return bits;
  const parent = isThread(channel) ? state.channels[channel.parent_id ?? ''] : undefined;
  const overwrites = (parent ?? channel).permission_overwrites;
  for (const ids of [[guild.id], owned, [userId]]) {
    const some = overwrites.filter(({ id }) => ids.includes(id));
    for (const { deny } of some) bits &= ~BigInt(deny);
    for (const { allow } of some) bits |= BigInt(allow);
  }
  return (bits & VIEW_CHANNEL) === 0n ? 0n : bits;
}

/**
 * What the bot may do where somebody uses it; as an app that is only installed for them, no more than they may.
 * https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-structure
 */
export function appPermissionsIn(state: DiscordState, channel: Channel, userId: string): bigint {
  const personal = ATTACH_FILES | EMBED_LINKS | MENTION_EVERYONE;
  if (isBotDm(channel)) return personal | USE_EXTERNAL_EMOJIS;
  if (channel.guild_id === undefined) return personal;
  if (state.guilds[channel.guild_id]?.members[state.bot.id] !== undefined)
    return permissionsIn(state, channel, state.bot.id);
  return permissionsIn(state, channel, userId) & (personal | USE_EXTERNAL_EMOJIS | USE_EXTERNAL_APPS);
}
