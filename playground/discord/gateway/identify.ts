import type { WebSocket } from 'ws';
import { isRecord, type JsonRecord } from '../state.ts';
import type { World } from '../world.ts';
import { createSession, type Session } from './gateway-sessions.ts';
import type { SessionStarts } from './session-limits.ts';
import { guildsOf, isOnShard, readShard } from './shards.ts';

/** How Discord answers when a client begins a session, instead of taking it. */
export interface IdentifyRefusal {
  /** Of the close; the connection breaks without one when absent. */
  readonly code?: number;
  /** Default: without end. */
  readonly times?: number;
}
export interface IdentifyOptions {
  readonly world: World;
  readonly starts: SessionStarts;
  url(): string;
  guildEvents(): Iterable<unknown>;
}

export const GUILDS_INTENT = 1;
const MAX_GUILDS = 2500;
/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
const CLOSE = { authentication: 4004, shard: 4010, shardingRequired: 4011 };

export interface Identify {
  refuse(refusal: IdentifyRefusal): () => void;
  identify(socket: WebSocket, data: JsonRecord): Session | undefined;
  /** How often anybody tried. */
  count(): number;
}

export function createIdentify(options: IdentifyOptions): Identify {
  let count = 0;
  const planned = new Set<{ readonly code: number | undefined; left: number }>();
  return {
    refuse({ code, times = Infinity }) {
      const one = { code, left: times };
      planned.add(one);
      return () => void planned.delete(one);
    },
    count: () => count,
    identify(socket, data) {
      count += 1;
      for (const one of planned) {
        one.left -= 1;
        if (one.left <= 0) planned.delete(one);
        options.starts.take();
        if (one.code === undefined) socket.terminate();
        else socket.close(one.code);
        return undefined;
      }
      return begin(options, socket, data);
    },
  };
}

function begin(options: IdentifyOptions, socket: WebSocket, data: JsonRecord): Session | undefined {
  const { world, starts } = options;
  const { state } = world;
  const shard = readShard(data['shard']);
  const refuse = (code: number, reason: string) => {
    socket.close(code, reason);
    return undefined;
  };
  if (shard === undefined) return refuse(CLOSE.shard, 'Invalid shard.');
  const guilds = guildsOf(state, shard);
  if (guilds.length > MAX_GUILDS) return refuse(CLOSE.shardingRequired, 'Sharding required.');
  // Discord gives a bot that begins too many sessions a new token.
  if (data['token'] !== world.token || !starts.take())
    return refuse(CLOSE.authentication, 'Authentication failed.');
  const session = createSession(socket, Number(data['intents']), shard);
  session.emit('READY', {
    v: 10,
    user: state.bot,
    guilds: guilds.map((id) => ({ id, unavailable: true })),
    session_id: session.id,
    resume_gateway_url: options.url(),
    application: { id: state.applicationId, flags: 0 },
    shard,
  });
  if ((session.intents & GUILDS_INTENT) === 0) return session;
  for (const guild of options.guildEvents())
    if (isRecord(guild) && isOnShard(String(guild['id']), shard)) session.emit('GUILD_CREATE', guild);
  return session;
}
