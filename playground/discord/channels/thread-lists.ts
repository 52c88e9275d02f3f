import { ApiError } from '../http/api-error.ts';
import { findChannel, refuseWithout, showChannel } from './channels.ts';
import { permissionsIn, READ_MESSAGE_HISTORY, VIEW_CHANNEL } from '../guilds/permissions.ts';
import { type Channel, isThread } from '../state.ts';
import type { World } from '../world.ts';

/** https://discord.com/developers/docs/resources/guild#list-active-guild-threads */
export function listActiveThreads(world: World, guildId: string): unknown {
  const { guilds, bot, channels } = world.state;
  if (guilds[guildId]?.members[bot.id] === undefined) throw new ApiError(404, 10004, 'Unknown Guild');
  const threads = Object.values(channels)
    .filter((one) => one.guild_id === guildId && one.thread_metadata?.archived === false)
    .filter((one) => (permissionsIn(world.state, one, bot.id) & VIEW_CHANNEL) !== 0n)
    .toSorted((one, other) => Number(BigInt(other.id) - BigInt(one.id)));
  return { threads: threads.map((one) => showChannel(world, one)), members: [] };
}

/** https://discord.com/developers/docs/resources/channel#list-public-archived-threads */
export function listArchivedThreads(world: World, channelId: string, query: URLSearchParams): unknown {
  const parent = findChannel(world, channelId);
  refuseWithout(world, parent, READ_MESSAGE_HISTORY);
  const before = query.get('before') ?? '9999';
  const limit = Number(query.get('limit') ?? 50);
  const archived = Object.values(world.state.channels)
    .filter((one) => isThread(one) && one.parent_id === parent.id)
    .filter(({ thread_metadata: thread }) => thread?.archived && thread.archive_timestamp < before)
    .toSorted((one, other) => timeOf(other).localeCompare(timeOf(one)));
  return {
    threads: archived.slice(0, limit).map((one) => showChannel(world, one)),
    members: [],
    has_more: archived.length > limit,
  };
}

const timeOf = ({ thread_metadata: thread }: Channel): string => thread?.archive_timestamp ?? '';
