import { MINUTE_MS } from '../calendar/zoned-time.ts';

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** How many requests a server still answers, out of how many, and in how many milliseconds it counts anew. */
export interface RateLimit {
  readonly left: number;
  readonly quota?: number;
  readonly resetMs: number;
}

/** Of a 429 that names no time. */
const UNNAMED_MS = MINUTE_MS;

/**
 * `RateLimit: "api";r=499;t=280` with `RateLimit-Policy: "fixed window";"api";q=500;w=300`; undefined where there is
 * neither that nor a 429. https://huggingface.co/docs/hub/rate-limits
 */
export function readRateLimit(status: number, headers: Headers): RateLimit | undefined {
  const limit = headerOf(headers, 'ratelimit') ?? '';
  const quota = numberIn(/;\s*q=(\d+)/, headerOf(headers, 'ratelimit-policy'));
  const left = numberIn(/;\s*r=(\d+)/, limit);
  const seconds = numberIn(/;\s*t=(\d+)/, limit);
  const resetMs = seconds === undefined ? undefined : seconds * 1000;
  if (status === 429) return { left: 0, resetMs: resetMs ?? readRetryAfter(headers) ?? UNNAMED_MS };
  if (left === undefined || resetMs === undefined) return undefined;
  return { left, resetMs, ...(quota === undefined ? {} : { quota }) };
}

/** Milliseconds; undefined unless `Retry-After` gives seconds. */
export function readRetryAfter(headers: Headers): number | undefined {
  const seconds = numberIn(/^\s*(\d+)\s*$/, headerOf(headers, 'retry-after'));
  return seconds === undefined ? undefined : seconds * 1000;
}

export function headerOf(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function numberIn(pattern: RegExp, text: string | undefined): number | undefined {
  const digits = pattern.exec(text ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
