import type { Failure } from './faults.ts';

/** An answer that is none of what was asked for. */
export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly scope?: string;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const HTML_TYPE = { 'content-type': 'text/html' };

/** What a failure answers; nothing where the connection breaks instead. */
export function buildRefusal(failure: Failure, waitMs: number): Refusal | undefined {
  const { limit, status, code = 0, body = 'json', drop } = failure;
  if (limit !== undefined) return limitRefusal(limit, waitMs);
  if (status === undefined || drop !== undefined) return undefined;
  if (body === 'html') return { status, headers: HTML_TYPE, body: `<html><h1>${status}</h1>nginx</html>` };
  return { status, headers: JSON_TYPE, body: JSON.stringify({ code, message: 'Failure as told' }) };
}

/** https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit */
function limitRefusal(limit: NonNullable<Failure['limit']>, retryMs: number): Refusal {
  const seconds = retryMs / 1000;
  const after = { 'retry-after': String(Math.ceil(seconds)) };
  if (limit === 'cloudflare')
    return { status: 429, headers: { ...after, ...HTML_TYPE }, body: '<h1>Error 1015</h1>' };
  const global = limit === 'global';
  const body = {
    message: 'You are being rate limited.',
    retry_after: seconds,
    global,
    ...(limit === 'shared' ? { code: 20_028 } : {}),
  };
  return {
    status: 429,
    headers: {
      ...JSON_TYPE,
      ...after,
      'x-ratelimit-scope': limit,
      ...(global ? { 'x-ratelimit-global': 'true' } : {}),
    },
    body: JSON.stringify(body),
    scope: limit,
  };
}
