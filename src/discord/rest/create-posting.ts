import type { REST } from 'discord.js';
import type { Clock } from '../../calendar/clock.ts';
import { createPostingRest, type Log, type MakeRequest } from '../interactions/create-client.ts';
import { createInvalidRequests } from './invalid-requests.ts';
import { limitPosting, watchAnswers } from './limit-requests.ts';
import { createMakeRequest } from './make-request.ts';
import { createPostingLanes, type PostingLanes } from './posting-lanes.ts';

export interface PostingOptions {
  readonly token: string;
  readonly apiUrl?: string | undefined;
  /** For waits in real time; a calendar that jumps is none of Discord's business. */
  readonly clock: Clock;
  readonly log: Log;
  /** Discord takes 50 over all of a bot's processes: leave some to whatever else uses the token. */
  readonly requestsPerSecond?: number | undefined;
}

export interface Posting {
  /** For digests. */
  readonly rest: REST;
  readonly inTurn: PostingLanes['inTurn'];
  /** For the client that answers interactions. */
  readonly makeRequest: MakeRequest;
}

const REQUESTS_PER_SECOND = 48;

/** How digests go out, within the limits that all requests of the process share. */
export function createPosting({ token, apiUrl, clock, log, requestsPerSecond }: PostingOptions): Posting {
  const lanes = createPostingLanes(clock, requestsPerSecond ?? REQUESTS_PER_SECOND);
  const limits = { clock, lanes, invalid: createInvalidRequests(clock), log };
  const make = createMakeRequest();
  return {
    rest: createPostingRest(token, apiUrl, limitPosting(limits, make)),
    inTurn: lanes.inTurn,
    makeRequest: watchAnswers(limits, make),
  };
}
