import { ApiError } from '../http/api-error.ts';
import { MANAGE_THREADS, permissionsIn } from '../guilds/permissions.ts';
import type { Channel, ThreadMetadata } from '../state.ts';
import type { World } from '../world.ts';

/** Only who manages threads writes in a locked one, or brings it back from the archive. */
export function refuseLocked({ state }: World, { thread_metadata: thread, ...channel }: Channel): void {
  if (thread?.locked !== true) return;
  if ((permissionsIn(state, channel, state.bot.id) & MANAGE_THREADS) !== 0n) return;
  if (thread.archived) throw new ApiError(400, 50083, 'Thread is archived');
  throw new ApiError(403, 160005, 'This thread is locked');
}

/** Writing in an archived thread brings it back: https://discord.com/developers/docs/topics/threads#active-archived-threads */
export function wakeThread(world: World, channel: Channel): void {
  if (channel.thread_metadata?.archived === true) changeThread(world, channel, { archived: false });
}

export function changeThread(
  world: World,
  channel: Channel,
  change: Partial<Pick<ThreadMetadata, 'archived' | 'locked'>>,
): void {
  const old = channel.thread_metadata;
  if (old === undefined) throw new Error(`${channel.id} is no thread`);
  const isMoved = change.archived !== undefined && change.archived !== old.archived;
  channel.thread_metadata = {
    ...old,
    ...change,
    archive_timestamp: isMoved ? new Date(world.now()).toISOString() : old.archive_timestamp,
  };
  world.dispatch('THREAD_UPDATE', channel);
  world.changed();
}
