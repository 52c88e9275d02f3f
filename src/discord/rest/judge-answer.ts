import { MINUTE_MS } from '../../calendar/zoned-time.ts';
import { longWaitOf } from './classify-failure.ts';
import type { Refusal } from './schema.ts';

export interface Answer {
  readonly method: string;
  /** As Discord writes it: `/channels/1/messages`. */
  readonly path: string;
  readonly status: number;
  readonly headers: Pick<Headers, 'get' | 'has'>;
  /** Of an answer that is not a success; undefined when it is not Discord's. */
  readonly refusal?: Refusal | undefined;
}

export interface Judgement {
  /** What is to rest, and for how many ms; a channel by its id. */
  readonly rest?: { readonly of: 'everything' | 'dms' | { readonly channelId: string }; readonly ms: number };
  /** For a request that is one too many: how long to wait with that one. */
  readonly retryAfter?: number;
  /** Counts towards the 10,000 in 10 minutes after which Discord shuts an address out. */
  readonly isInvalid: boolean;
}

/** Opening many DMs in a short time is what gets bots shut out. */
const AFTER_OPENING_DM_MS = 3_000;
/** Cloudflare answers in Discord's place, for minutes to an hour, when there were too many invalid requests. */
const SHUT_OUT_MS = 10 * MINUTE_MS;
const SHORTEST_SHUT_OUT_MS = MINUTE_MS;
/** A window of Discord's can end a little later than its headers say. */
const MARGIN_MS = 50;

/** What an answer says about requests to come. https://docs.discord.com/developers/topics/rate-limits */
export function judgeAnswer(answer: Answer): Judgement {
  const { status, headers, refusal } = answer;
  const isInvalid =
    status === 401 || status === 403 || (status === 429 && headers.get('x-ratelimit-scope') !== 'shared');
  const long = longWaitOf(refusal?.code);
  if (long !== undefined) {
    return { rest: { of: long.of, ms: long.ms }, retryAfter: long.ms, isInvalid };
  }
  if (status === 429) return { ...judgeTooMany(answer), isInvalid };
  return { ...judgeRemaining(answer), isInvalid };
}

function judgeTooMany({ path, headers, refusal }: Answer): Omit<Judgement, 'isInvalid'> {
  const asked = secondsToMs(headers.get('retry-after'));
  if (refusal?.retry_after === undefined) {
    const ms = asked === undefined ? SHUT_OUT_MS : Math.max(asked, SHORTEST_SHUT_OUT_MS);
    return { rest: { of: 'everything', ms }, retryAfter: ms };
  }
  // The header can be a thousand times shorter than the body: https://github.com/discord/discord-api-docs/issues/6109
  const ms = Math.max(asked ?? 0, refusal.retry_after * 1000) + MARGIN_MS;
  if (refusal.global === true || headers.has('x-ratelimit-global')) {
    return { rest: { of: 'everything', ms }, retryAfter: ms };
  }
  const channelId = channelOf(path);
  return channelId === undefined ? { retryAfter: ms } : { rest: { of: { channelId }, ms }, retryAfter: ms };
}

function judgeRemaining({ method, path, status, headers }: Answer): Omit<Judgement, 'isInvalid'> {
  if (method !== 'POST') return {};
  if (path === '/users/@me/channels' && status < 300) {
    return { rest: { of: 'dms', ms: AFTER_OPENING_DM_MS } };
  }
  const channelId = channelOf(path);
  const reset = secondsToMs(headers.get('x-ratelimit-reset-after'));
  if (headers.get('x-ratelimit-remaining') !== '0' || channelId === undefined || reset === undefined)
    return {};
  return { rest: { of: { channelId }, ms: reset + MARGIN_MS } };
}

function channelOf(path: string): string | undefined {
  return /^\/channels\/(\d+)/.exec(path)?.[1];
}

function secondsToMs(text: string | null): number | undefined {
  const ms = Number(text) * 1000;
  return text === null || !Number.isFinite(ms) || ms < 0 ? undefined : ms;
}
