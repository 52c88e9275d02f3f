import { Client, Options, type WebSocketOptions } from 'discord.js';
import type { Log } from '../../log.ts';
import type { GatewayWatch } from './gateway-watch.ts';
import type { MakeRequest } from '../rest/make-request.ts';
import { refuseLongWait } from '../rest/refuse-long-wait.ts';

const UNLIMITED = 1_000_000;
/** For the limit of a route: somebody waits meanwhile. */
const LONGEST_WAIT_MS = 5000;

interface ClientParts {
  readonly apiUrl?: string | undefined;
  readonly log: Log;
  readonly ws: WebSocketOptions;
  readonly makeRequest?: MakeRequest;
  readonly watch: Pick<GatewayWatch, 'count'>;
}

/**
 * A client without intents: interactions need none, and what vanishes is learnt from sending to it. Its own REST
 * only answers interactions, which Discord exempts from the 50 requests a second; the rest has `createDiscordRest`.
 * https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
 */
export function createClient({ apiUrl, log, ws, makeRequest, watch }: ClientParts): Client {
  const client: Client = new Client({
    intents: [],
    shards: 'auto',
    ws,
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      ApplicationCommandManager: 0,
      GuildMemberManager: { maxSize: 0, keepOverLimit: (member) => member.id === client.user?.id },
      MessageManager: 0,
      UserManager: { maxSize: 0, keepOverLimit: (user) => user.id === client.user?.id },
    }),
    rest: {
      globalRequestsPerSecond: UNLIMITED,
      rejectOnRateLimit: (limit) => refuseLongWait(client.rest, limit, LONGEST_WAIT_MS),
      ...(apiUrl === undefined ? {} : { api: apiUrl }),
      ...(makeRequest === undefined ? {} : { makeRequest }),
    },
  });
  client.on('error', (error) => log.error({ err: error }, 'the Discord client reported an error'));
  guardPackets(client, log, createGuildCount(watch));
  return client;
}

/** discord.js raises on a packet of unexpected shape inside its socket's handler, which would end the process. */
function guardPackets(client: Client, log: Log, takeGuilds: (packet: unknown, shard: unknown) => void): void {
  const handle: unknown = Reflect.get(client.ws, 'handlePacket');
  if (typeof handle !== 'function') return;
  Reflect.set(client.ws, 'handlePacket', (...args: readonly unknown[]): unknown => {
    try {
      takeGuilds(args[0], args[1]);
      return Reflect.apply(handle, client.ws, args);
    } catch (error) {
      log.error({ err: error }, 'a packet of the gateway could not be read');
      return false;
    }
  });
}

/**
 * Takes the list of servers out of a session's first packet, and only counts them: discord.js would keep an object of
 * 3 KB for each, and interactions bring what is needed of theirs.
 */
function createGuildCount(watch: Pick<GatewayWatch, 'count'>): (packet: unknown, shard: unknown) => void {
  const servers = new Map<unknown, number>();
  return (packet, shard) => {
    if (!isObject(packet) || !isObject(shard) || packet['t'] !== 'READY' || !isObject(packet['d'])) return;
    const { guilds } = packet['d'];
    if (!Array.isArray(guilds)) return;
    servers.set(shard['id'], guilds.length);
    watch.count({ servers: [...servers.values()].reduce((sum, count) => sum + count, 0) });
    packet['d']['guilds'] = [];
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
