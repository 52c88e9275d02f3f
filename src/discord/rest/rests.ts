import type { Clock } from '../../calendar/clock.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../calendar/zoned-time.ts';
import type { Log } from '../../log.ts';
import type { ApiError } from './schema.ts';

export interface Rest {
  readonly of: 'everything' | 'dms';
  readonly ms: number;
}

interface Asked {
  readonly rest?: Rest;
  /** For a request that was one too many: how long to wait with it, in ms. */
  readonly retryAfter?: number;
  /** Counts towards the 10,000 in 10 minutes after which Discord shuts an address out. */
  readonly isInvalid: boolean;
}

/** What an answer looks like to whoever paces requests. */
export interface LimitAnswer {
  readonly status: number;
  readonly headers: Pick<Headers, 'get' | 'has'>;
  /** Of a refusal; undefined when it is not Discord's. */
  readonly error?: ApiError | undefined;
}

/** Cloudflare answers in Discord's place, for minutes to an hour, when there were too many invalid requests. */
const SHUT_OUT_MS = 10 * MINUTE_MS;
const SHORTEST_SHUT_OUT_MS = MINUTE_MS;
/** No documented rest of everything lasts longer. Whoever names more is asked again after it. */
const LONGEST_REST_MS = HOUR_MS;
/** Some routes are counted by the day. */
const LONGEST_WAIT_MS = DAY_MS;
/** Direct messages opened too fast, and a client that Discord does not take: going on at once makes both worse. */
const LONG_RESTS: ReadonlyMap<number, Rest> = new Map([
  [40_003, { of: 'dms', ms: 30 * MINUTE_MS }],
  [40_333, { of: 'everything', ms: SHUT_OUT_MS }],
]);
/** A window of Discord's can end a little later than its headers say. */
const MARGIN_MS = 50;

/** What an answer asks of the requests to come. https://docs.discord.com/developers/topics/rate-limits */
export function readLimits({ status, headers, error }: LimitAnswer): Asked {
  const isInvalid =
    status === 401 || status === 403 || (status === 429 && headers.get('x-ratelimit-scope') !== 'shared');
  if (status === 429) return { ...readTooMany(headers, error), isInvalid };
  const rest = status < 500 ? longRestOf(error?.code) : undefined;
  return rest === undefined ? { isInvalid } : { rest, retryAfter: rest.ms, isInvalid };
}

/** What rests after a refusal with such a code. */
export function longRestOf(code: number | undefined): Rest | undefined {
  return code === undefined ? undefined : LONG_RESTS.get(code);
}

function readTooMany(headers: LimitAnswer['headers'], error: ApiError | undefined): Omit<Asked, 'isInvalid'> {
  const asked = secondsToMs(headers.get('retry-after'));
  if (error?.retry_after === undefined) return restAll(Math.max(asked ?? SHUT_OUT_MS, SHORTEST_SHUT_OUT_MS));
  // The header can be a thousand times shorter than the body: https://github.com/discord/discord-api-docs/issues/6109
  const ms = Math.max(asked ?? 0, error.retry_after * 1000) + MARGIN_MS;
  const isGlobal = error.global === true || headers.has('x-ratelimit-global');
  return isGlobal ? restAll(ms) : { retryAfter: Math.min(ms, LONGEST_WAIT_MS) };
}

function restAll(askedMs: number): Omit<Asked, 'isInvalid'> {
  const ms = Math.min(askedMs, LONGEST_REST_MS);
  return { rest: { of: 'everything', ms }, retryAfter: ms };
}

function secondsToMs(text: string | null): number | undefined {
  const ms = Number(text) * 1000;
  return text === null || !Number.isFinite(ms) || ms < 0 ? undefined : ms;
}

export interface RestsStatus {
  readonly restsForMs: number;
  readonly dmsRestForMs: number;
  /** Invalid requests of the last ten minutes. */
  readonly invalid: number;
  /** How often a rest began. */
  readonly rests: number;
}

/** What rests at present, because Discord asked for it, or because too many requests were invalid. */
interface Rests {
  rest(rest: Rest, why: object): void;
  /** Milliseconds. Direct messages rest with everything. */
  restsFor(of: Rest['of']): number;
  countInvalid(): void;
  status(): RestsStatus;
}

/** Discord shuts an address out for 10,000 in 10 minutes: https://docs.discord.com/developers/topics/rate-limits */
const INVALID_WINDOW_MS = 10 * MINUTE_MS;
/** Others may use the same address. */
const MOST_INVALID = 2000;

export function createRests(clock: Pick<Clock, 'monotonic'>, log: Log): Rests {
  const until = { everything: -Infinity, dms: -Infinity };
  let invalid: number[] = [];
  let rests = 0;

  function restsFor(of: Rest['of']): number {
    const end = of === 'everything' ? until.everything : Math.max(until.everything, until.dms);
    return Math.max(0, Math.ceil(end - clock.monotonic()));
  }

  /** Whether one begins; many requests under way are told at the same time. */
  function begin({ of, ms }: Rest): boolean {
    const isFirst = restsFor(of) === 0;
    until[of] = Math.max(until[of], clock.monotonic() + ms);
    if (isFirst) rests += 1;
    return isFirst;
  }

  function recentInvalid(): number {
    const oldest = clock.monotonic() - INVALID_WINDOW_MS;
    const first = invalid.findIndex((at) => at > oldest);
    invalid = first === -1 ? [] : invalid.slice(first);
    return invalid.length;
  }

  return {
    restsFor,
    rest(rest, why) {
      if (begin(rest)) log.warn({ ...rest, ...why }, 'Discord asks to rest');
    },
    countInvalid() {
      invalid.push(clock.monotonic());
      const count = recentInvalid();
      if (count < MOST_INVALID) return;
      const ms = (invalid[count - MOST_INVALID] ?? 0) + INVALID_WINDOW_MS - clock.monotonic();
      if (begin({ of: 'everything', ms })) {
        log.error({ ms, count }, 'too many requests were refused; nothing is sent for a while');
      }
    },
    status: () => ({
      restsForMs: restsFor('everything'),
      dmsRestForMs: restsFor('dms'),
      invalid: recentInvalid(),
      rests,
    }),
  };
}

/**
 * Routes that Discord asked to leave alone for a while, by a limit that no header had announced: one that other people
 * used up, or that of edits of old messages.
 */
export interface RouteRests {
  rest(route: string, ms: number): void;
  /** Milliseconds. */
  restsFor(route: string): number;
}

export function createRouteRests(clock: Pick<Clock, 'monotonic'>): RouteRests {
  const until = new Map<string, number>();
  return {
    rest(route, ms) {
      const now = clock.monotonic();
      for (const [one, end] of until) if (end <= now) until.delete(one);
      until.set(route, now + ms);
    },
    restsFor: (route) => Math.max(0, Math.ceil((until.get(route) ?? 0) - clock.monotonic())),
  };
}

/** What shares a limit: the requests of one kind in a channel, whichever message or thread they are about. */
export function routeOf(method: string, url: string): string {
  const { pathname } = new URL(url);
  return `${method} ${pathname.replace(/(\/(?:messages|threads)\/)\d+/, '$1')}`;
}
