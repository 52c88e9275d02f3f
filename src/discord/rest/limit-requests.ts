import { RateLimitError } from 'discord.js';
import type { Clock } from '../../calendar/clock.ts';
import type { Log, MakeRequest } from '../interactions/create-client.ts';
import type { InvalidRequests } from './invalid-requests.ts';
import { judgeAnswer, type Judgement } from './judge-answer.ts';
import type { PostingLanes } from './posting-lanes.ts';
import { parseRefusal } from './schema.ts';

export interface RequestLimits {
  readonly clock: Clock;
  readonly lanes: PostingLanes;
  readonly invalid: InvalidRequests;
  readonly log: Log;
}

const SECOND_MS = 1000;
/** After so many answers the fastest one is about as fast as the way to Discord and back allows. */
const ENOUGH_ANSWERS = 20;

/**
 * Requests of digests: no more in a second than Discord takes, and none while it wants none. Raises `RateLimitError`
 * rather than wait for long, and for every 429, which discord.js would try again without end. What `make` answers can
 * be read again.
 */
export function limitPosting(limits: RequestLimits, make: MakeRequest): MakeRequest {
  const { clock, lanes } = limits;
  const countsFor = createSecondOfDiscord();
  return async (url, init) => {
    refuseWhileClosed(lanes, url);
    const leave = await lanes.requests.enter(init.signal);
    const sentAt = clock.now();
    let stillCounts = SECOND_MS;
    try {
      refuseWhileClosed(lanes, url);
      const answer = await make(url, init);
      stillCounts = countsFor(clock.now() - sentAt);
      const judged = await judge(limits, { url, method: init.method ?? 'GET' }, answer);
      if (answer.status === 429) throw tooMany(url, judged.retryAfter ?? SECOND_MS);
      return answer;
    } finally {
      leave(stillCounts);
    }
  };
}

/**
 * How long after its answer a request still counts towards a second of Discord's, in ms, given how long each took. It
 * got there between being sent and being answered; what every request needs for the way can be taken off.
 */
function createSecondOfDiscord(): (took: number) => number {
  let answers = 0;
  let fastest = Infinity;
  return (took) => {
    answers += 1;
    fastest = Math.min(fastest, took);
    return answers < ENOUGH_ANSWERS ? SECOND_MS : Math.max(0, SECOND_MS - fastest);
  };
}

/** Answers to interactions wait for nothing, but they are counted, and what they meet holds for digests too. */
export function watchAnswers(limits: RequestLimits, make: MakeRequest): MakeRequest {
  return async (url, init) => {
    const answer = await make(url, init);
    const judged = await judge(limits, { url, method: init.method ?? 'GET' }, answer);
    // Without a time to wait, discord.js would try again at once and without end.
    if (answer.status === 429 && !(Number(answer.headers.get('retry-after')) > 0)) {
      throw tooMany(url, judged.retryAfter ?? SECOND_MS);
    }
    return answer;
  };
}

async function judge(
  { lanes, invalid, log }: RequestLimits,
  { url, method }: { readonly url: string; readonly method: string },
  answer: Awaited<ReturnType<MakeRequest>>,
): Promise<Judgement> {
  const { status, headers } = answer;
  const path = pathOf(url);
  const refusal = status < 400 ? undefined : parseRefusal(await answer.text());
  const judged = judgeAnswer({ method, path, status, headers, refusal });
  if (judged.rest !== undefined) {
    lanes.rest(judged.rest);
    if (judged.retryAfter !== undefined)
      log.warn({ ...judged.rest, status, code: refusal?.code }, 'Discord wants a rest');
  }
  const shutFor = judged.isInvalid ? invalid.count() : 0;
  if (shutFor > 0) {
    lanes.rest({ of: 'everything', ms: shutFor });
    log.error({ ms: shutFor }, 'too many requests were refused; nothing is sent for a while');
  }
  return judged;
}

function refuseWhileClosed({ requests }: PostingLanes, url: string): void {
  const closedFor = requests.closedFor();
  if (closedFor > 0) throw tooMany(url, closedFor);
}

function tooMany(url: string, ms: number): RateLimitError {
  return new RateLimitError({
    global: false,
    hash: '',
    limit: 0,
    majorParameter: '',
    method: '',
    retryAfter: Math.ceil(ms),
    route: '',
    scope: 'user',
    sublimitTimeout: 0,
    timeToReset: Math.ceil(ms),
    url,
  });
}

/** `/channels/1/messages` of an address such as `https://discord.com/api/v10/channels/1/messages?limit=1`. */
function pathOf(url: string): string {
  return url.replace(/[?#].*$/, '').replace(/^.*?\/v\d+(?=\/)/, '');
}
