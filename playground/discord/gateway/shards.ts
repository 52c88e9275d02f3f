import { type DiscordState, isRecord } from '../state.ts';

/** A connection's part of all guilds: `[id, count]`. https://discord.com/developers/docs/events/gateway#sharding */
export type Shard = readonly [id: number, count: number];

/** Direct messages are on the first shard. */
export function shardOf(guildId: string | undefined, count: number): number {
  return guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(count));
}

export const isOnShard = (guildId: string | undefined, [id, count]: Shard): boolean =>
  shardOf(guildId, count) === id;

/** Of the guilds that the bot is in. */
export function guildsOf({ guilds, bot }: DiscordState, shard: Shard): string[] {
  return Object.values(guilds)
    .filter(({ id, members }) => members[bot.id] !== undefined && isOnShard(id, shard))
    .map(({ id }) => id);
}

/** What a packet is about: a guild has the id itself in GUILD events. */
export function guildIdOf(event: string, data: unknown): string | undefined {
  if (!isRecord(data)) return undefined;
  const id = data['guild_id'] ?? (/^GUILD_(CREATE|UPDATE|DELETE)$/.test(event) ? data['id'] : undefined);
  return typeof id === 'string' ? id : undefined;
}

/** Undefined when there is no such shard. */
export function readShard(value: unknown): Shard | undefined {
  if (value === undefined) return [0, 1];
  const [id, count]: unknown[] = Array.isArray(value) ? value : [];
  const isValid = Number.isInteger(id) && Number.isInteger(count) && Number(id) < Number(count);
  return isValid && Number(id) >= 0 ? [Number(id), Number(count)] : undefined;
}
