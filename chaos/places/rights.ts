import type { Channel } from './channel.ts';
import type { ChaosWorld } from '../world.ts';

/** https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags */
export const NO_RIGHTS = 0n;
export const VIEW_ONLY = 1n << 10n;
const READ_MESSAGE_HISTORY = 1n << 16n;
export const ALL_RIGHTS = (1n << 50n) - 1n;
/** Every so many channels one lets the bot post and keeps its history from it. */
const BLIND_EVERY = 10;

/** What the bot may do in a channel when nothing is wrong there. */
export function rightsIn({ canReadHistory }: Channel): bigint {
  return canReadHistory ? ALL_RIGHTS : ALL_RIGHTS & ~READ_MESSAGE_HISTORY;
}

/** A thread has the rights of its channel. */
export function setRights(
  { discord }: Pick<ChaosWorld, 'discord'>,
  { id }: Pick<Channel, 'id'>,
  bits: bigint,
): void {
  const { thread_metadata: thread, parent_id: parentId } = discord.state.channels[id] ?? {};
  discord.setBotPermissions(thread === undefined ? id : (parentId ?? id), bits);
}

/** Takes Read Message History away in some channels for the rest of the run, without which nothing can be set up. */
export function hideHistories(world: ChaosWorld): void {
  for (const [index, channel] of world.channels.entries()) {
    if (index % BLIND_EVERY !== BLIND_EVERY - 1 || channel.kind === 'dm') continue;
    channel.canReadHistory = false;
    setRights(world, channel, rightsIn(channel));
  }
}
