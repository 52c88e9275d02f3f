import { openThread } from './open-thread.ts';
import { ALL_PERMISSIONS } from '../guilds/permissions.ts';
import { type Channel, FORUM, isThread } from '../state.ts';
import { changeThread } from './thread-state.ts';
import type { World } from '../world.ts';

const REQUIRE_TAG = 1 << 4;
const DAY_MINUTES = 1440;

/** What happens to channels and threads. */
export interface ChannelVerbs {
  addChannel(guildId: string, name: string, type?: number): Channel;
  addForum(
    guildId: string,
    name: string,
    options?: { readonly tags?: readonly string[]; readonly requireTag?: boolean },
  ): Channel;
  /** A thread that a person began. */
  addThread(channelId: string, name: string): Channel;
  setThread(threadId: string, change: { readonly archived?: boolean; readonly locked?: boolean }): void;
  /** A thread, or a channel with all its threads. */
  deleteChannel(channelId: string): void;
  /** Exactly what a person or a role may do in a channel. */
  setPermissions(channelId: string, target: { readonly id: string; readonly bits: bigint }): void;
  setBotPermissions(channelId: string, bits: bigint): void;
}

export function createChannelVerbs(world: World): ChannelVerbs {
  const { state } = world;
  const find = (id: string): Channel => {
    const channel = state.channels[id];
    if (channel === undefined) throw new Error(`There is no channel ${id}`);
    return channel;
  };
  const add = (guildId: string, name: string, rest: Pick<Channel, 'type'> & Partial<Channel>): Channel => {
    const place = { guild_id: guildId, parent_id: null, position: 0, flags: 0, permission_overwrites: [] };
    const channel: Channel = { id: world.nextId(), name, ...place, ...rest };
    state.channels[channel.id] = channel;
    world.dispatch('CHANNEL_CREATE', channel);
    world.changed();
    return channel;
  };
  const remove = (channel: Channel) => {
    state.channels = Object.fromEntries(Object.entries(state.channels).filter(([id]) => id !== channel.id));
    world.dispatch(isThread(channel) ? 'THREAD_DELETE' : 'CHANNEL_DELETE', channel);
  };
  const verbs: ChannelVerbs = {
    addChannel: (guildId, name, type = 0) =>
      add(guildId, name, { type, ...(type === FORUM ? { available_tags: [] } : {}) }),
    addForum: (guildId, name, { tags = [], requireTag = false } = {}) =>
      add(guildId, name, {
        type: FORUM,
        flags: requireTag ? REQUIRE_TAG : 0,
        available_tags: tags.map((tag) => ({
          id: world.nextId(),
          name: tag,
          moderated: false,
          emoji_id: null,
          emoji_name: null,
        })),
      }),
    addThread(channelId, name) {
      const parent = find(channelId);
      const ownerId = state.guilds[parent.guild_id ?? '']?.owner_id ?? '';
      return openThread(world, parent, { id: world.nextId(), name, ownerId, minutes: DAY_MINUTES });
    },
    setThread: (threadId, change) => changeThread(world, find(threadId), change),
    deleteChannel(channelId) {
      const channel = find(channelId);
      for (const one of Object.values(state.channels))
        if (isThread(one) && one.parent_id === channelId) remove(one);
      remove(channel);
      world.changed();
    },
    setPermissions(channelId, { id, bits }) {
      const channel = find(channelId);
      const overwrite = {
        id,
        type: state.users[id] === undefined ? (0 as const) : (1 as const),
        allow: String(bits),
        deny: String(ALL_PERMISSIONS & ~bits),
      };
      const others = channel.permission_overwrites.filter((one) => one.id !== id);
      channel.permission_overwrites = [...others, overwrite];
      world.dispatch('CHANNEL_UPDATE', channel);
      world.changed();
    },
    setBotPermissions: (channelId, bits) => verbs.setPermissions(channelId, { id: state.bot.id, bits }),
  };
  return verbs;
}
