import { Client, Options, type WebSocketOptions } from 'discord.js';
import type { Log } from '../../log.ts';
import type { MakeRequest } from '../rest/make-request.ts';

const UNLIMITED = 1_000_000;

interface ClientParts {
  readonly apiUrl?: string | undefined;
  readonly log: Log;
  readonly ws: WebSocketOptions;
  readonly makeRequest?: MakeRequest;
}

/**
 * A client without intents: interactions need none, and what vanishes is learnt from sending to it. Its own REST
 * only answers interactions, which Discord exempts from the 50 requests a second; the rest has `createDiscordRest`.
 * https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
 */
export function createClient({ apiUrl, log, ws, makeRequest }: ClientParts): Client {
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
      ...(apiUrl === undefined ? {} : { api: apiUrl }),
      ...(makeRequest === undefined ? {} : { makeRequest }),
    },
  });
  client.on('error', (error) => log.error({ err: error }, 'the Discord client reported an error'));
  guardPackets(client, log);
  return client;
}

/** discord.js raises on a packet of unexpected shape inside its socket's handler, which would end the process. */
function guardPackets(client: Client, log: Log): void {
  const handle: unknown = Reflect.get(client.ws, 'handlePacket');
  if (typeof handle !== 'function') return;
  Reflect.set(client.ws, 'handlePacket', (...args: readonly unknown[]): unknown => {
    try {
      return Reflect.apply(handle, client.ws, args);
    } catch (error) {
      log.error({ err: error }, 'a packet of the gateway could not be read');
      return false;
    }
  });
}
