import { type Dispatcher, request } from 'undici';
import type { Clock, Random } from '../calendar/clock.ts';
import { SourceError, type SourceErrorReason } from '../errors.ts';

export interface HttpClientOptions {
  /** Names the source in errors. */
  readonly source: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly dispatcher?: Dispatcher;
  readonly timeoutMs?: number;
}

export interface JsonRequest {
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface JsonResponse {
  readonly status: number;
  readonly body: unknown;
  readonly link: string | undefined;
}

export interface HttpClient {
  /** Answers with any status below 500 but 429; raises `SourceError` for the rest, after retries. */
  getJson(url: URL, options?: JsonRequest): Promise<JsonResponse>;
}

const MAX_BODY = 16 * 1024 * 1024;
const ATTEMPTS = 4;
const MAX_WAIT = 5 * 60_000;

interface Failure {
  readonly error: SourceError;
  readonly waitMs?: number | undefined;
}

export function createHttpClient(options: HttpClientOptions): HttpClient {
  return {
    async getJson(url, requested = {}) {
      for (let attempt = 1; ; attempt++) {
        const result = await attemptJson(options, url, requested);
        if (!('error' in result)) return result;
        requested.signal?.throwIfAborted();
        if (attempt === ATTEMPTS || !isTransient(result.error.reason)) throw result.error;
        const backOff = 1000 * 2 ** (attempt - 1) * (0.5 + options.random());
        await options.clock.sleep(result.waitMs ?? backOff, requested.signal);
        requested.signal?.throwIfAborted();
      }
    },
  };
}

function isTransient(reason: SourceErrorReason): boolean {
  return (
    reason === 'network' || reason === 'timeout' || reason === 'rate-limited' || reason === 'server-error'
  );
}

async function attemptJson(
  options: HttpClientOptions,
  url: URL,
  requested: JsonRequest,
): Promise<JsonResponse | Failure> {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? 30_000);
  const fail = (reason: SourceErrorReason, waitMs?: number): Failure => ({
    error: new SourceError(options.source, reason),
    waitMs,
  });
  try {
    const { statusCode, headers, body } = await request(url, {
      headers: {
        accept: 'application/json',
        'user-agent': 'paperboy/0.1',
        ...(requested.token === undefined ? {} : { authorization: `Bearer ${requested.token}` }),
      },
      signal: requested.signal ? AbortSignal.any([requested.signal, timeout]) : timeout,
      ...(options.dispatcher === undefined ? {} : { dispatcher: options.dispatcher }),
    });
    if (statusCode === 429 || statusCode >= 500) {
      await body.dump();
      return fail(statusCode === 429 ? 'rate-limited' : 'server-error', namedWait(headers));
    }
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > MAX_BODY) return fail('too-large');
      chunks.push(bytes);
    }
    const text = Buffer.concat(chunks).toString('utf8');
    return { status: statusCode, body: parseJson(text, options.source), link: header(headers, 'link') };
  } catch (error) {
    if (error instanceof SourceError) return { error };
    return fail(timeout.aborted ? 'timeout' : 'network');
  }
}

function parseJson(text: string, source: string): unknown {
  try {
    const body: unknown = JSON.parse(text);
    return body;
  } catch {
    throw new SourceError(source, 'bad-response', { message: `${source}: the answer is not JSON` });
  }
}

type Headers = Record<string, string | string[] | undefined>;

function header(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** The wait that `RateLimit` (its `t`) or `Retry-After` (seconds) names, bounded. */
function namedWait(headers: Headers): number | undefined {
  const seconds =
    /(?:^|;)\s*t=(\d+)/.exec(header(headers, 'ratelimit') ?? '')?.[1] ??
    /^\s*(\d+)\s*$/.exec(header(headers, 'retry-after') ?? '')?.[1];
  return seconds === undefined ? undefined : Math.min(MAX_WAIT, Number(seconds) * 1000);
}
