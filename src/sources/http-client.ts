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
  /**
   * Answers with any status below 500 but 429; raises `SourceError` for the rest, after retries. An aborted signal
   * rejects with its reason. `body` is undefined when a status other than 200 came without JSON.
   */
  getJson(url: URL, options?: JsonRequest): Promise<JsonResponse>;
}

const MAX_BODY = 16 * 1024 * 1024;
const ATTEMPTS = 4;
/** Longer than Hugging Face's window of five minutes: who asks for more is asked again another time. */
const MAX_WAIT = 6 * 60_000;
const JITTER = 2_000;

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
        const waitMs = backOff(result.waitMs, attempt, options.random());
        if (waitMs > MAX_WAIT) throw result.error;
        await options.clock.sleep(waitMs, requested.signal);
        requested.signal?.throwIfAborted();
      }
    },
  };
}

/** At least the named wait, so that callers of one address do not come back all at once. */
function backOff(namedMs: number | undefined, attempt: number, chance: number): number {
  return namedMs === undefined ? 1000 * 2 ** (attempt - 1) * (0.5 + chance) : namedMs + JITTER * chance;
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
  const fail = (reason: SourceErrorReason, about: { waitMs?: number | undefined; cause?: unknown } = {}) => ({
    error: new SourceError(options.source, reason, { cause: about.cause }),
    waitMs: about.waitMs,
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
      const reason = statusCode === 429 ? 'rate-limited' : 'server-error';
      return fail(reason, { waitMs: namedWait(statusCode, headers) });
    }
    const text = await readText(body);
    if (text === undefined) return fail('too-large');
    const json = parseJson(text);
    if (statusCode === 200 && json === undefined) return fail('bad-response');
    return { status: statusCode, body: json, link: header(headers, 'link') };
  } catch (error) {
    const cause = describe(error);
    const late = timeout.aborted || /_TIMEOUT\b/.test(cause.message);
    return fail(late ? 'timeout' : 'network', { cause });
  }
}

/** The whole text; undefined when it is too large. */
async function readText(body: AsyncIterable<unknown>): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) continue;
    size += chunk.length;
    if (size > MAX_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What went wrong, without the request that it happened to. */
function describe(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  return new Error(`${code}${error.message}`);
}

function parseJson(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text);
    return body;
  } catch {
    return undefined;
  }
}

type Headers = Record<string, string | string[] | undefined>;

function header(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/**
 * The wait that the answer names: `t` of `RateLimit` (which other answers carry as well), else `Retry-After` in
 * seconds. https://huggingface.co/docs/hub/rate-limits
 */
function namedWait(status: number, headers: Headers): number | undefined {
  const limit = status === 429 ? /;\s*t=(\d+)/.exec(header(headers, 'ratelimit') ?? '')?.[1] : undefined;
  const seconds = limit ?? /^\s*(\d+)\s*$/.exec(header(headers, 'retry-after') ?? '')?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}
