import { MINUTE_MS } from '../../calendar/zoned-time.ts';
import type { ApiError } from './schema.ts';

export interface Rest {
  readonly of: 'everything' | 'dms';
  readonly ms: number;
}

export interface Asked {
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
  if (error?.retry_after === undefined) {
    const ms = asked === undefined ? SHUT_OUT_MS : Math.max(asked, SHORTEST_SHUT_OUT_MS);
    return { rest: { of: 'everything', ms }, retryAfter: ms };
  }
  // The header can be a thousand times shorter than the body: https://github.com/discord/discord-api-docs/issues/6109
  const ms = Math.max(asked ?? 0, error.retry_after * 1000) + MARGIN_MS;
  const isGlobal = error.global === true || headers.has('x-ratelimit-global');
  return isGlobal ? { rest: { of: 'everything', ms }, retryAfter: ms } : { retryAfter: ms };
}

function secondsToMs(text: string | null): number | undefined {
  const ms = Number(text) * 1000;
  return text === null || !Number.isFinite(ms) || ms < 0 ? undefined : ms;
}
