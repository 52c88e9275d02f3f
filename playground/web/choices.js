import { isThread, signOf, threadsOf } from './places.js';

/** Threads stand behind their channel. */
function channelPath(state, channel) {
  const own = `${signOf(channel)} ${channel.name}`;
  return isThread(channel) ? `${channelPath(state, state.channels[channel.parent_id])} ${own}` : own;
}

export function listChannels(state, guildId, types) {
  return Object.values(state.channels)
    .filter((channel) => channel.guild_id === guildId && !isThread(channel))
    .flatMap((channel) => [channel, ...threadsOf(state, channel.id)])
    .filter(({ type }) => types?.includes(type) ?? true)
    .map((channel) => ({ name: channelPath(state, channel), value: channel.id }));
}

export function listRoles(state, guildId) {
  return (state.guilds[guildId]?.roles ?? []).map(({ id, name }) => ({
    name: name.startsWith('@') ? name : `@${name}`,
    value: id,
  }));
}

export function listPeople(state) {
  return Object.values(state.users).map(({ id, global_name: name }) => ({ name, value: id }));
}
