import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../../calendar/clock.ts';
import { classifyRefusal } from './classify-error.ts';
import type { DiscordClock } from './discord-clock.ts';
import type { Limiter, Rank } from './limiter.ts';
import type { Answer, CheckedRequest, MakeRequest } from './make-request.ts';
import {
  AnswerHeldBackError,
  AskedToWaitError,
  ForeignAnswerError,
  HeldBackError,
  RefusedTokenError,
} from './request-errors.ts';
import { readLimits, routeOf, type RouteRests } from './rests.ts';
import { type ApiError, parseApiError } from './schema.ts';

interface PacedParts {
  readonly limiter: Limiter;
  readonly routes: RouteRests;
  readonly discordClock: DiscordClock;
  /** Takes answers whole. */
  readonly make: CheckedRequest;
  /** Whether this process may act for the bot: asked right before a request leaves. */
  readonly mayAct: () => boolean;
  readonly onRequest?: OnRequest | undefined;
  /** Told what to do about a token that Discord does not take. */
  readonly onRefusedToken?: ((advice: string) => void) | undefined;
}

/** Told of each request that left. `status` 0: no answer came. */
export type OnRequest = (request: { readonly rank: Rank | 'answer'; readonly status: number }) => void;

/** A request gets no answer, and can have no effect, any more after that: ms from when it leaves. */
const TIMEOUT_MS = 15_000;
const SECOND_MS = 1000;
/** For a limit that was hit; after a longer wait nobody looks at the answer any more. */
const PEOPLE_WAIT_MS = 2000;
const RIGHT_WITHIN_MS = 2000;
const RIGHT_AGAIN_MS = 50;
/** Discord exempts them: https://docs.discord.com/developers/interactions/receiving-and-responding#endpoints */
const ANSWERS = /\/v\d+\/(?:interactions|webhooks)\//;
/** Discord takes it within three seconds. */
const FIRST_ANSWER = /\/interactions\//;

/**
 * For digests: each request waits for its turn, and asks the last check of its task before it leaves. Raises
 * `AskedToWaitError` for every 429, which discord.js would send again without end, and for what shares its limit meanwhile.
 */
export function paceRequests(parts: PacedParts, timeoutMs: number = TIMEOUT_MS): MakeRequest {
  return async (url, init) => {
    const { mayLeave, rank } = manners.getStore() ?? MANNER_OF_DELIVERIES;
    const route = routeOf(init.method ?? 'GET', url);
    const isWanted = () => mayLeave() && parts.mayAct();
    const start = () => {
      if (!isWanted()) throw new HeldBackError();
      const rests = parts.routes.restsFor(route);
      if (rests > 0) throw new AskedToWaitError(rests);
      // Without the time-out of discord.js, which begins before the wait for the turn.
      return send({ ...parts, rank }, url, { ...init, signal: AbortSignal.timeout(timeoutMs) }, isWanted);
    };
    const { answer, retryAfter } = await parts.limiter.run({ start, rank });
    if (answer.status !== 429) return answer;
    const wait = retryAfter ?? SECOND_MS;
    parts.routes.rest(route, wait);
    throw new AskedToWaitError(wait);
  };
}

interface AnswerParts extends Omit<PacedParts, 'routes'> {
  /** Whether it may send what `asRefusal` runs, though it may not act. */
  readonly mayRefuse: () => boolean;
  readonly pace: Pick<Clock, 'sleep'>;
}

/**
 * For the client: answers to interactions wait for nothing but the right to act, and what they meet counts for all. What it
 * asks may anybody ask. Raises `AnswerHeldBackError` for answers without that right, and `AskedToWaitError` for a 429 of more
 * than two seconds.
 */
export function watchAnswers(parts: AnswerParts): MakeRequest {
  return async (url, init) => {
    const rank = ANSWERS.test(url) ? 'answer' : 'person';
    const { isRefusal, patience } = answering.getStore() ?? {};
    const mayLeave = isRefusal === true ? parts.mayRefuse : parts.mayAct;
    const start = () => {
      init.signal?.throwIfAborted();
      return send({ ...parts, rank }, url, init, rank === 'answer' ? mayLeave : undefined);
    };
    const until = FIRST_ANSWER.test(url) ? patience : undefined;
    const request =
      rank === 'answer'
        ? awaitRight(mayLeave, parts, until).then(start).catch(raiseHeldBack)
        : parts.limiter.run({ start, rank });
    const { answer, retryAfter } = await request;
    if (answer.status !== 429) return answer;
    const wait = retryAfter ?? SECOND_MS;
    // Without a time to wait, discord.js would try again at once and without end.
    const saysHowLong = Number(answer.headers.get('retry-after')) > 0;
    if (wait > PEOPLE_WAIT_MS || !saysHowLong) throw new AskedToWaitError(wait);
    return answer;
  };
}

function raiseHeldBack(error: unknown): never {
  throw error instanceof HeldBackError ? new AnswerHeldBackError() : error;
}

/** A connection to the database that broke is there again within a second or two, while somebody waits for an answer. */
async function awaitRight(
  mayLeave: () => boolean,
  { limiter, pace }: Pick<AnswerParts, 'limiter' | 'pace'>,
  until: AbortSignal | undefined,
): Promise<void> {
  const isDecided = () => mayLeave() || limiter.isStopped() || until?.aborted === true;
  for (let waited = 0; waited < RIGHT_WITHIN_MS && !isDecided(); waited += RIGHT_AGAIN_MS)
    await pace.sleep(RIGHT_AGAIN_MS);
}

/**
 * Raises `ForeignAnswerError` for an answer that is not Discord's own, and `RefusedTokenError`: discord.js would forget its
 * token for a 401, and ask nothing any more.
 */
async function send(
  {
    limiter,
    discordClock,
    make,
    rank,
    onRequest,
    onRefusedToken,
  }: Omit<PacedParts, 'routes'> & { readonly rank: Rank | 'answer' },
  ...request: Parameters<CheckedRequest>
): Promise<{ readonly answer: Answer; readonly retryAfter: number | undefined }> {
  const tellDate = discordClock.watch();
  const answer = await make(...request).catch((error: unknown) => {
    onRequest?.({ rank, status: 0 });
    throw error;
  });
  onRequest?.({ rank, status: answer.status });
  const { status, headers } = answer;
  const error = status < 300 ? undefined : parseApiError(status, await answer.text());
  const { rest, retryAfter, isInvalid } = readLimits({ status, headers, error });
  if (rest !== undefined) limiter.rest(rest, { status, code: error?.code });
  if (isInvalid) limiter.countInvalid();
  if (status >= 500) return { answer, retryAfter };
  const isOwn = status < 300 ? status === 204 || isJson(headers) : error !== undefined;
  if (!isOwn) throw new ForeignAnswerError(status, retryAfter);
  tellDate(headers.get('date'));
  const advice = rank === 'answer' ? undefined : adviceAbout(status, error);
  if (advice !== undefined) {
    onRefusedToken?.(advice);
    throw new RefusedTokenError(advice);
  }
  return { answer, retryAfter };
}

/** What to do where Discord does not take the token. Answers to interactions go out without it. */
function adviceAbout(status: number, error: ApiError | undefined): string | undefined {
  if (error === undefined) return undefined;
  const refused = classifyRefusal(status, error.code ?? 0, error.message);
  return refused.kind === 'fatal' ? refused.message : undefined;
}

function isJson(headers: Answer['headers']): boolean {
  return headers.get('content-type')?.startsWith('application/json') === true;
}

/** How a request goes out. It reaches it through discord.js, which hands on nothing of the caller's but the request. */
interface Manner {
  readonly mayLeave: () => boolean;
  readonly rank: Rank;
}

const MANNER_OF_DELIVERIES: Manner = { mayLeave: () => true, rank: 'delivery' };
const manners = new AsyncLocalStorage<Manner>();

/** Runs a task whose requests ask `mayLeave` right before they leave. */
export function withLastCheck<T>(mayLeave: () => boolean, task: () => Promise<T>): Promise<T> {
  return manners.run({ ...MANNER_OF_DELIVERIES, mayLeave }, task);
}

/** Runs a task whose requests let every other one go first. */
export function asEdit<T>(task: () => Promise<T>): Promise<T> {
  return manners.run({ ...MANNER_OF_DELIVERIES, rank: 'edit' }, task);
}

/** How answers to one interaction go out. */
interface Answering {
  /** Aborted when its first answer waits no longer for the right to act. */
  readonly patience?: AbortSignal;
  readonly isRefusal?: boolean;
}

const answering = new AsyncLocalStorage<Answering>();

/** Runs what answers an interaction. Its first answer waits for the right to act until `patience` is aborted. */
export function withPatience<T>(patience: AbortSignal, task: () => Promise<T>): Promise<T> {
  return answering.run({ patience }, task);
}

/** Runs a refusal that is true while the lease is in doubt, and harmless to repeat: it leaves then too. */
export function asRefusal<T>(task: () => Promise<T>): Promise<T> {
  return answering.run({ isRefusal: true }, task);
}
