import { Agent, type Dispatcher, request } from 'undici';
import type { Clock, Random } from '../calendar/clock.ts';
import { SourceError, type SourceErrorReason } from '../errors.ts';
import { retryDelay } from '../delivery/retry.ts';
import { MINUTE_MS } from '../calendar/zoned-time.ts';

export interface HttpClientOptions {
  /** Names the source in errors. */
  readonly source: string;
  /** Of this bot, which the source is told. */
  readonly version: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly dispatcher?: Dispatcher;
  readonly timeoutMs?: number;
}

/** What requests of one purpose may take of a budget. */
export interface Allowance {
  /** Zero counts a request that leaves now. Else nothing is counted, and it has to wait so many milliseconds. */
  take(): number;
  learn(limit: RateLimit): void;
  /** Tries in all. */
  readonly attempts: number;
  /** The longest wait in milliseconds; a request that would have to wait longer fails. */
  readonly patienceMs: number;
}

export interface HttpRequest {
  readonly allowance: Allowance;
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface JsonResponse {
  readonly status: number;
  /** Undefined when a status other than 200 came without JSON. */
  readonly body: unknown;
  readonly link: string | undefined;
}

export interface TextResponse {
  readonly status: number;
  readonly body: string;
}

export interface HttpClient {
  /**
   * Answers with any status below 500 but 429; raises `SourceError` for the rest, after retries, and with the reason
   * `busy` when the allowance is used up. An aborted signal rejects with its reason; one that timed out raises
   * `SourceError`, too.
   */
  getJson(url: URL, request: HttpRequest): Promise<JsonResponse>;
  /** The same for a text, whatever its status is. */
  getMarkdown(url: URL, request: HttpRequest): Promise<TextResponse>;
}

/** A list of 100 papers has half a megabyte, and reading one of this size takes some hundredths of a second. */
const MAX_BODY = 4 * 1024 * 1024;
const TRANSIENT: readonly SourceErrorReason[] = ['network', 'timeout', 'rate-limited', 'server-error'];

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly link: string | undefined;
}

interface Failure {
  readonly error: SourceError;
  readonly retryAfterMs?: number | undefined;
}

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const settings = { dispatcher: new Agent({ maxResponseSize: MAX_BODY }), timeoutMs: 30_000, ...options };
  const { source, clock, random } = options;

  async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
    await clock.sleep(ms, signal);
    stopIfAborted(source, signal);
  }

  async function waitForTurn({ allowance, signal }: HttpRequest): Promise<void> {
    for (let waitMs = allowance.take(); waitMs > 0; waitMs = allowance.take()) {
      if (waitMs > allowance.patienceMs) throw new SourceError(source, 'busy');
      await sleep(waitMs, signal);
    }
  }

  async function get(url: URL, requested: HttpRequest, accept: string): Promise<Answer> {
    const { allowance, signal } = requested;
    for (let failures = 1; ; failures++) {
      await waitForTurn(requested);
      const result = await attempt(settings, url, { ...requested, accept });
      if (!('error' in result)) return result;
      stopIfAborted(source, signal);
      const waitMs = retryDelay({ failures, random, retryAfterMs: result.retryAfterMs });
      const isHopeless = !TRANSIENT.includes(result.error.reason) || waitMs > allowance.patienceMs;
      if (failures >= allowance.attempts || isHopeless) throw result.error;
      await sleep(waitMs, signal);
    }
  }

  return {
    async getJson(url, requested) {
      const { status, text, link } = await get(url, requested, 'application/json');
      const body = parseJson(text);
      if (status === 200 && body === undefined) throw new SourceError(source, 'bad-response');
      return { status, body, link };
    },
    async getMarkdown(url, requested) {
      const { status, text } = await get(url, requested, 'text/markdown');
      return { status, body: text };
    },
  };
}

function stopIfAborted(source: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  const { reason } = signal;
  throw reason instanceof Error && reason.name === 'TimeoutError'
    ? new SourceError(source, 'timeout')
    : reason;
}

async function attempt(
  options: Required<HttpClientOptions>,
  url: URL,
  { allowance, token, signal, accept }: HttpRequest & { readonly accept: string },
): Promise<Answer | Failure> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const fail = (reason: SourceErrorReason, cause?: unknown): Failure => ({
    error: new SourceError(options.source, reason, { cause }),
  });
  try {
    const { statusCode, headers, body } = await request(url, {
      headers: {
        accept,
        'user-agent': `paperboy/${options.version}`,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      dispatcher: options.dispatcher,
    });
    const limit = readRateLimit(statusCode, headers);
    if (limit !== undefined) allowance.learn(limit);
    if (statusCode === 429 || statusCode >= 500) {
      await body.dump();
      const retryAfterMs = statusCode === 429 ? limit?.resetMs : readRetryAfter(headers);
      return { ...fail(statusCode === 429 ? 'rate-limited' : 'server-error'), retryAfterMs };
    }
    return { status: statusCode, text: await body.text(), link: headerOf(headers, 'link') };
  } catch (error) {
    const cause = describe(error);
    if (/_EXCEEDED_MAX_SIZE\b/.test(cause.message)) return fail('too-large', cause);
    return fail(timeout.aborted || /_TIMEOUT\b/.test(cause.message) ? 'timeout' : 'network', cause);
  }
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
function readRateLimit(status: number, headers: Headers): RateLimit | undefined {
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
function readRetryAfter(headers: Headers): number | undefined {
  const seconds = numberIn(/^\s*(\d+)\s*$/, headerOf(headers, 'retry-after'));
  return seconds === undefined ? undefined : seconds * 1000;
}

function headerOf(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function numberIn(pattern: RegExp, text: string | undefined): number | undefined {
  const digits = pattern.exec(text ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
