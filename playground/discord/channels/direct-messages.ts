import { ApiError } from '../http/api-error.ts';
import { partOf } from '../http/form.ts';
import { type Channel, isBotDm } from '../state.ts';
import type { World } from '../world.ts';

const WINDOW_MS = 10 * 60_000;

function findDm({ state }: World, userId: string): Channel | undefined {
  return Object.values(state.channels).find((one) => isBotDm(one) && one.recipients?.[0]?.id === userId);
}

/** The one channel between the bot and a person, made when it is not there yet. */
export function ensureDm(world: World, userId: string): Channel {
  const old = findDm(world, userId);
  if (old !== undefined) return old;
  const user = world.state.users[userId];
  if (user === undefined || user.bot) throw new ApiError(404, 10013, 'Unknown User');
  const channel: Channel = {
    id: world.nextId(),
    type: 1,
    name: user.username,
    parent_id: null,
    position: 0,
    flags: 0,
    permission_overwrites: [],
    recipients: [user],
  };
  world.state.channels[channel.id] = channel;
  world.changed();
  return channel;
}

/** https://discord.com/developers/docs/resources/user#create-dm */
export function openDm(world: World, body: unknown): Channel {
  const userId = String(partOf(body)['recipient_id']);
  const now = world.now();
  if (world.state.users[userId] !== undefined && findDm(world, userId) === undefined) {
    const recent = world.dmOpenings.filter((time) => now - time < WINDOW_MS);
    if (recent.length >= world.rules.maxNewDms)
      throw new ApiError(400, 40003, 'You are opening direct messages too fast');
    world.dmOpenings.push(now);
  }
  return ensureDm(world, userId);
}

export function sharesGuild({ state }: World, userId: string): boolean {
  return Object.values(state.guilds).some(
    ({ members }) => members[userId] !== undefined && members[state.bot.id] !== undefined,
  );
}

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
export function refuseUnwanted(world: World, channel: Channel): void {
  const userId = channel.recipients?.[0]?.id ?? '';
  const { closedDms, userInstalls } = world.state;
  if (closedDms.includes(userId)) throw new ApiError(403, 50007, 'Cannot send messages to this user');
  if (!sharesGuild(world, userId) && !userInstalls.includes(userId))
    throw new ApiError(403, 50278, 'Cannot send messages to this user due to having no mutual guilds');
}
