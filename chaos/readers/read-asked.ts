import type { Instant } from '../audit/calendar.ts';
import type { AskedDiscord } from '../audit/history.ts';
import { TooManyRequests } from '../schema.ts';

/** A request to Discord, and its answer where one was passed on whole. */
interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly startedAt: Instant;
  readonly fault?: string;
  readonly answer?: { readonly status: number; readonly body: string };
  readonly endedAt: Instant;
}

const ANSWERS = /\/(?:interactions|webhooks)\//;
const REFUSALS = /"content":"I can't reach my database right now\.|^\{"type":8,"data":\{"choices":\[\]\}\}$/;

export function readAsked({ method, path, body, startedAt, fault, answer, endedAt }: Exchange): AskedDiscord {
  const limit = answer?.status === 429 ? TooManyRequests.safeParse(answer.body).data : undefined;
  return {
    at: startedAt,
    endedAt,
    method,
    path,
    isSpoilt: fault === 'answer',
    isGlobal: limit?.global ?? false,
    ...(ANSWERS.test(path) && REFUSALS.test(body) ? { isRefusal: true } : {}),
    ...(answer === undefined ? {} : { status: answer.status }),
    ...(limit === undefined ? {} : { retryAfterMs: limit.retry_after * 1000 }),
  };
}
