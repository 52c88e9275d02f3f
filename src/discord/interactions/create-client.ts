import { Client, Options, REST, type RESTOptions, type WebSocketOptions } from 'discord.js';

export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const UNLIMITED = 1_000_000;
/** A longer wait is the caller's, who can stop meanwhile, and gives its place to others. */
const LONGEST_WAIT_MS = { GET: 5000, other: 500 };
/** How requests go out when not by discord.js alone. */
export type MakeRequest = RESTOptions['makeRequest'];

export interface ClientParts {
  readonly apiUrl?: string | undefined;
  readonly log: Log;
  readonly ws: WebSocketOptions;
  readonly makeRequest?: MakeRequest;
}

/**
 * A client without intents: interactions need none, and what vanishes is learnt from sending to it. Its own REST
 * only answers interactions, which Discord exempts from the 50 requests a second; posts have `createPostingRest`.
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

/**
 * For everything that is not an answer to an interaction. The caller retries, so that nothing goes out twice, and keeps
 * to the requests of a second in `makeRequest`; discord.js keeps to the limits of each route.
 */
export function createPostingRest(
  token: string,
  apiUrl: string | undefined,
  makeRequest?: MakeRequest,
): REST {
  const options = {
    retries: 0,
    rejectOnRateLimit: ({ method, retryAfter }: { readonly method: string; readonly retryAfter: number }) =>
      retryAfter > (method === 'GET' ? LONGEST_WAIT_MS.GET : LONGEST_WAIT_MS.other),
    ...(apiUrl === undefined ? {} : { api: apiUrl }),
    ...(makeRequest === undefined ? {} : { makeRequest, globalRequestsPerSecond: UNLIMITED }),
  };
  return new REST(options).setToken(token);
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
