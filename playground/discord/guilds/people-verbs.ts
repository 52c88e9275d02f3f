import { ensureDm } from '../channels/direct-messages.ts';
import type { Channel, User } from '../state.ts';
import { createUser, type World } from '../world.ts';

/** What people do outside of servers. */
export interface PeopleVerbs {
  addUser(name: string): User;
  installFor(userId: string): void;
  uninstallFor(userId: string): void;
  /** They open the conversation with the bot; the bot is not told. */
  openDmWith(userId: string): Channel;
  /** They take no messages from the bot any more: sends are refused with 50007. */
  closeDms(userId: string): void;
  openDms(userId: string): void;
  /** A conversation without the bot, where only apps that somebody installed for themselves can be used. */
  addPrivateChannel(userIds: readonly string[]): Channel;
}

export function createPeopleVerbs(world: World): PeopleVerbs {
  const { state } = world;
  const set = (key: 'userInstalls' | 'closedDms', userId: string, isIn: boolean) => {
    const others = state[key].filter((id) => id !== userId);
    state[key] = isIn ? [...others, userId] : others;
    world.changed();
  };
  return {
    addUser(name) {
      const user = createUser(world.nextId(), name);
      state.users[user.id] = user;
      world.changed();
      return user;
    },
    installFor: (userId) => set('userInstalls', userId, true),
    uninstallFor: (userId) => set('userInstalls', userId, false),
    openDmWith: (userId) => ensureDm(world, userId),
    closeDms: (userId) => set('closedDms', userId, true),
    openDms: (userId) => set('closedDms', userId, false),
    addPrivateChannel(userIds) {
      const recipients = userIds.map((id) => state.users[id]).filter((user) => user !== undefined);
      const channel: Channel = {
        id: world.nextId(),
        type: recipients.length > 2 ? 3 : 1,
        name: recipients.map(({ global_name: name }) => name).join(', '),
        parent_id: null,
        position: 0,
        flags: 0,
        permission_overwrites: [],
        recipients,
      };
      state.channels[channel.id] = channel;
      world.changed();
      return channel;
    },
  };
}
