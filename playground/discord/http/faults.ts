export interface Failure {
  route: RegExp;
  method?: string;
  status?: number;
  code?: number;
  /** A limit that is reached: `shared` by what other clients did, `cloudflare` without JSON. */
  limit?: 'user' | 'shared' | 'global' | 'cloudflare';
  drop?: 'drop-before' | 'drop-after';
  delayMs?: number;
  /** How often; default 1, or without end when `forMs` is given. */
  times?: number;
  /** For how long, by the clock. */
  forMs?: number;
  /** Of each request that fits; default 1. */
  probability?: number;
}
export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly scope?: string;
}
/** What a request meets instead of an answer, or around it. */
export interface Fault extends Pick<Failure, 'drop' | 'delayMs'> {
  readonly refusal?: Refusal;
}
export interface Faults {
  /** Plans a failure; the function given back ends it. */
  add(failure: Failure): () => void;
  take(method: string, path: string): Fault | undefined;
}
interface Planned {
  readonly failure: Failure;
  readonly until: number;
  left: number;
}

const RETRY_MS = 1000;

export function createFaults(edge: { now(): number; random(): number }): Faults {
  const planned = new Set<Planned>();
  const fits = ({ failure, until }: Planned, method: string, path: string): boolean =>
    edge.now() < until &&
    failure.route.test(path) &&
    (failure.method ?? method) === method &&
    (failure.probability === undefined || edge.random() < failure.probability);
  return {
    add(failure) {
      const one = {
        failure,
        until: edge.now() + (failure.forMs ?? Infinity),
        left: failure.times ?? (failure.forMs === undefined ? 1 : Infinity),
      };
      planned.add(one);
      return () => void planned.delete(one);
    },
    take(method, path) {
      for (const one of planned) {
        if (!fits(one, method, path)) continue;
        one.left -= 1;
        if (one.left <= 0) planned.delete(one);
        const waitMs = one.failure.forMs === undefined ? RETRY_MS : one.until - edge.now();
        const refusal = refusalOf(one.failure, waitMs);
        return { ...one.failure, ...(refusal === undefined ? {} : { refusal }) };
      }
      return undefined;
    },
  };
}

const JSON_TYPE = { 'content-type': 'application/json' };

function refusalOf({ limit, status, code = 0, drop }: Failure, waitMs: number): Refusal | undefined {
  if (limit !== undefined) return limitRefusal(limit, waitMs);
  if (status === undefined || drop !== undefined) return undefined;
  return { status, headers: JSON_TYPE, body: JSON.stringify({ code, message: 'Failure as told' }) };
}

/** https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit */
function limitRefusal(limit: NonNullable<Failure['limit']>, retryMs: number): Refusal {
  const seconds = retryMs / 1000;
  const after = { 'retry-after': String(Math.ceil(seconds)) };
  if (limit === 'cloudflare')
    return { status: 429, headers: { ...after, 'content-type': 'text/html' }, body: '<h1>Error 1015</h1>' };
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
