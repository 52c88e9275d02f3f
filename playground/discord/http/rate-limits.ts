import { createHash } from 'node:crypto';
import type { Clocks } from '../discord-clock.ts';
import { timeOfId } from '../world.ts';

export interface RateLimits {
  take(request: { method: string; path: string; authorized: boolean }): Verdict;
}
export interface Verdict {
  headers: Record<string, string>;
  /** The body of the 429, when the request is one too many. */
  refusal?: { message: string; retry_after: number; global: boolean; code?: number };
}
interface Rule {
  route: RegExp;
  limit: number;
  windowMs: number;
}
interface Window {
  start: number;
  used: number;
}

const GLOBAL_LIMIT = 50;
const GLOBAL_MS = 1000;
/** Discord publishes no numbers; those for messages and webhooks are what bots see in the headers. */
const RULES: readonly Rule[] = [
  { route: /^POST \/channels\/\d+\/messages$/, limit: 5, windowMs: 5000 },
  { route: /^\w+ \/webhooks\//, limit: 5, windowMs: 2000 },
];
const OTHER = { limit: 50, windowMs: 1000 };
/** Edits of messages older than an hour, which no header announces: https://github.com/discord/discord-api-docs/issues/4413 */
const OLD_EDITS = { limit: 3, windowMs: 6000, code: 30_046 };
const OLD_MS = 3_600_000;
const EDIT = /^\/channels\/(\d+)\/messages\/(\d+)$/;

/** One bucket a route and top-level resource: https://discord.com/developers/docs/topics/rate-limits#rate-limits */
function bucketKey(method: string, path: string): string {
  const [, room = '', major = '', ...rest] = path.split('/');
  const owner = room === 'webhooks' ? `${major}/${rest.shift() ?? ''}` : major;
  return `${method} /${room}/${owner}/${rest.join('/').replaceAll(/\d{17,}/g, ':id')}`;
}

const isInteraction = (path: string) => /^\/(interactions|webhooks)\//.test(path);

/** The first request opens a window, which ends whole. */
function openWindow(windows: Map<string, Window>, key: string, span: { now: number; ms: number }): Window {
  const old = windows.get(key);
  if (old && span.now - old.start < span.ms) return old;
  const fresh = { start: span.now, used: 0 };
  windows.set(key, fresh);
  return fresh;
}

function refuse(retryMs: number, scope: 'global' | 'user', headers: Record<string, string>): Verdict {
  const global = scope === 'global';
  const seconds = retryMs / 1000;
  return {
    headers: {
      ...headers,
      'retry-after': String(Math.ceil(seconds)),
      'x-ratelimit-scope': scope,
      ...(global ? { 'x-ratelimit-global': 'true' } : {}),
    },
    refusal: { message: 'You are being rate limited.', retry_after: seconds, global },
  };
}

/** https://discord.com/developers/docs/topics/rate-limits */
export function createRateLimits(clock: Clocks): RateLimits {
  const windows = new Map<string, Window>();

  function refuseOldEdit(method: string, path: string, headers: Record<string, string>): Verdict | undefined {
    const [, channelId, messageId] = EDIT.exec(path) ?? [];
    if (method !== 'PATCH' || channelId === undefined || messageId === undefined) return undefined;
    if (clock.idNow() - timeOfId(messageId) < OLD_MS) return undefined;
    const { limit, windowMs: ms, code } = OLD_EDITS;
    const now = clock.now();
    const window = openWindow(windows, `old edits in ${channelId}`, { now, ms });
    window.used += 1;
    if (window.used <= limit) return undefined;
    const { refusal, ...verdict } = refuse(window.start + ms - now, 'user', headers);
    return refusal === undefined ? verdict : { ...verdict, refusal: { ...refusal, code } };
  }

  function takeBucket(method: string, path: string, now: number): Verdict {
    const rule = RULES.find(({ route }) => route.test(`${method} ${path}`)) ?? OTHER;
    const key = bucketKey(method, path);
    const window = openWindow(windows, key, { now, ms: rule.windowMs });
    const leftMs = window.start + rule.windowMs - now;
    const full = window.used >= rule.limit;
    if (!full) window.used += 1;
    const headers = {
      'x-ratelimit-limit': String(rule.limit),
      'x-ratelimit-remaining': String(rule.limit - window.used),
      'x-ratelimit-reset': ((now + leftMs) / 1000).toFixed(3),
      'x-ratelimit-reset-after': (leftMs / 1000).toFixed(3),
      'x-ratelimit-bucket': createHash('md5')
        .update(key.replaceAll(/\d{17,}/g, ':id'))
        .digest('hex'),
    };
    if (full) return refuse(leftMs, 'user', headers);
    return refuseOldEdit(method, path, headers) ?? { headers };
  }

  return {
    take({ method, path, authorized }) {
      const now = clock.now();
      if (path.startsWith('/interactions/')) return { headers: {} };
      if (authorized && !isInteraction(path)) {
        const window = openWindow(windows, 'global', { now, ms: GLOBAL_MS });
        if (window.used >= GLOBAL_LIMIT) return refuse(window.start + GLOBAL_MS - now, 'global', {});
        window.used += 1;
      }
      return takeBucket(method, path, now);
    },
  };
}
