import { REST } from 'discord.js';
import type { Clock } from '../../calendar/clock.ts';
import type { Log } from '../../log.ts';
import { createDiscordClock, type DiscordClock } from './discord-clock.ts';
import { createLimiter, type Limiter } from './limiter.ts';
import { createMakeRequest, type MakeRequest } from './make-request.ts';
import { type OnRequest, paceRequests, watchAnswers } from './pace-requests.ts';
import { refuseLongWait } from './refuse-long-wait.ts';
import { createRouteRests } from './rests.ts';

interface DiscordRestOptions {
  readonly token: string;
  readonly apiUrl?: string | undefined;
  /** For waits. */
  readonly pace: Clock;
  /** By which Discord's clock is told. */
  readonly readings: Clock;
  readonly log: Log;
  /** Whether this process may act for the bot; always when absent. */
  readonly mayAct?: (() => boolean) | undefined;
  /** Whether it may refuse what people ask, though it may do nothing else; always when absent. */
  readonly mayRefuse?: (() => boolean) | undefined;
  /** Discord takes 50 over all of a bot's processes: leave some to whatever else uses the token. */
  readonly requestsPerSecond?: number | undefined;
  readonly onRequest?: OnRequest | undefined;
  /** Told what to do about a token that Discord does not take: nothing can go on with it. */
  readonly onRefusedToken?: ((advice: string) => void) | undefined;
}

export interface DiscordRest {
  /** For everything that is not an answer to an interaction. The caller retries, so that nothing goes out twice. */
  readonly rest: REST;
  /** For the client that answers interactions. */
  readonly makeRequest: MakeRequest;
  readonly limiter: Limiter;
  readonly discordClock: DiscordClock;
}

const REQUESTS_PER_SECOND = 48;
const UNLIMITED = 1_000_000;
/** The longest that a timer can wait; requests have a time-out of their own, from when they leave. */
const NEVER_MS = 2 ** 31 - 1;
/** A longer wait for the limit of a route is the caller's, who can stop meanwhile. */
const LONGEST_WAIT_MS = { GET: 5000, other: 500 };

/** Everything that goes to Discord by HTTP, within the limits that all requests of the process share. */
export function createDiscordRest(options: DiscordRestOptions): DiscordRest {
  const { token, apiUrl, pace, readings, log, requestsPerSecond = REQUESTS_PER_SECOND } = options;
  const { mayAct = () => true, mayRefuse = () => true, onRequest, onRefusedToken } = options;
  const limiter = createLimiter({ clock: pace, log, requestsPerSecond });
  const discordClock = createDiscordClock(readings, log);
  const routes = createRouteRests(readings);
  const parts = {
    limiter,
    routes,
    discordClock,
    make: createMakeRequest(),
    mayAct,
    onRequest,
    onRefusedToken,
  };
  const rest: REST = new REST({
    retries: 0,
    timeout: NEVER_MS,
    globalRequestsPerSecond: UNLIMITED,
    rejectOnRateLimit: (limit) =>
      refuseLongWait(rest, limit, limit.method === 'GET' ? LONGEST_WAIT_MS.GET : LONGEST_WAIT_MS.other),
    makeRequest: paceRequests(parts),
    ...(apiUrl === undefined ? {} : { api: apiUrl }),
  });
  const makeRequest = watchAnswers({ ...parts, mayRefuse, pace });
  return { rest: rest.setToken(token), makeRequest, limiter, discordClock };
}
