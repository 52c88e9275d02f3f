import PQueue from 'p-queue';
import type { Clock } from '../../calendar/clock.ts';
import { createRests, type Rest, type RestsStatus } from './rests.ts';
import { AskedToWaitError, HeldBackError } from './request-errors.ts';
import type { Log } from '../../log.ts';

/** Paces everything that is not an answer to an interaction. */
export interface Limiter {
  /**
   * Starts a request in its turn. Raises `AskedToWaitError` while everything rests, and `HeldBackError` for what no
   * person waits for once it is stopped.
   */
  run<T>(request: LimitedRequest<T>): Promise<T>;
  /** Runs a task in a lane that is slower than the rest, and rests with it; its requests pass `run` as well. */
  inLane<T>(lane: Lane, task: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** `why`: for the log. */
  rest(rest: Rest, why: object): void;
  /** Counts a request that Discord calls invalid; everything rests long before there are too many. */
  countInvalid(): void;
  /** Nothing of a delivery, and no edit, waits any longer, and nothing more of one starts. */
  stop(): void;
  isStopped(): boolean;
  status(): RestsStatus & { readonly waiting: number };
}

interface LimitedRequest<T> {
  /** Begins to send at once, or raises at once when the request is not to leave. */
  readonly start: () => Promise<T>;
  /** `delivery` when absent. */
  readonly rank?: Rank;
}

/**
 * What goes first. Somebody waits for what is for a `person`: it still goes once the limiter is stopped. An `edit` of
 * what was sent goes when nothing else wants to, and half of the places of the last second are free.
 */
export type Rank = keyof typeof PRIORITIES;

export type Lane = keyof typeof LANES;

interface LimiterOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly requestsPerSecond: number;
}

const PRIORITIES = { person: 1, delivery: 0, edit: -1 } as const;
const SECOND_MS = 1000;
/** Discord counts a second by its own clock; one request more than are sent in it may fall into it. */
const SPARE_PLACES = 1;
/** How many may come early, to make up for a late timer. */
const MAKE_UP = 4;
/** How often an edit looks whether there is room for it. */
const CALM_AGAIN_MS = 250;
/** After so many answers the fastest one is about as fast as the way to Discord and back allows. */
const ENOUGH_ANSWERS = 20;
/** People hardly notice, and Discord looks at bots that write to many people, or open direct messages with many. */
const LANES = { dm: { atOnce: 4, thenMs: 1000 }, 'open-dm': { atOnce: 1, thenMs: 5000 } } as const;

/**
 * Requests leave one by one through a door, and each keeps a place for a second from when it may have got to Discord.
 * p-queue's own interval goes by the wall clock, and would stand still for as long as that is set back.
 */
export function createLimiter({ clock, log, requestsPerSecond }: LimiterOptions): Limiter {
  const places = requestsPerSecond + SPARE_PLACES;
  const spacing = SECOND_MS / requestsPerSecond;
  const stopping = new AbortController();
  const rests = createRests(clock, log);
  const door = new PQueue({ concurrency: 1 });
  const lanes = { dm: openLane('dm'), 'open-dm': openLane('open-dm') };
  const countsFor = createSecondOfDiscord();
  let nextAt = -Infinity;
  let taken = 0;
  let onFree: (() => void) | undefined;

  const isFull = () => taken >= places;
  const isBusy = () => taken >= places / 2;

  /** Raises `HeldBackError` as soon as `held` is aborted. */
  async function awaitTurn(held?: AbortSignal): Promise<void> {
    const isHeld = () => held?.aborted === true;
    while (isFull() && !isHeld()) {
      await new Promise<void>((resolve) => {
        onFree = resolve;
      });
    }
    for (let wait = nextAt - clock.monotonic(); wait > 0 && !isHeld(); wait = nextAt - clock.monotonic()) {
      await clock.sleep(Math.ceil(wait), held);
    }
    if (isHeld()) throw new HeldBackError();
  }

  /** Outside the door: whoever waits in it holds up the others. */
  async function awaitCalm(held?: AbortSignal): Promise<void> {
    const isHeld = () => held?.aborted === true;
    while (isBusy() && !isHeld()) await clock.sleep(CALM_AGAIN_MS, held);
  }

  async function keepPlace(answer: Promise<unknown>, leftAt: number): Promise<void> {
    taken += 1;
    const isAnswered = await answer.then(
      () => true,
      () => false,
    );
    await clock.sleep(isAnswered ? countsFor(clock.monotonic() - leftAt) : SECOND_MS, stopping.signal);
    taken -= 1;
    onFree?.();
  }

  return {
    async run({ start, rank = 'delivery' }) {
      const held = rank === 'person' ? undefined : stopping.signal;
      const pass = async () => {
        await awaitTurn(held);
        refuseWhileResting('everything');
        const now = clock.monotonic();
        const answer = start();
        nextAt = Math.max(nextAt, now - MAKE_UP * spacing) + spacing;
        void keepPlace(answer, now);
        return { answer };
      };
      if (rank === 'edit') await awaitCalm(held);
      if (held?.aborted === true) throw new HeldBackError();
      refuseWhileResting('everything');
      const { answer } = await door.add(pass, { priority: PRIORITIES[rank] });
      return await answer;
    },

    async inLane(lane, task, signal) {
      const { queue, thenMs } = lanes[lane];
      if (stopping.signal.aborted || signal?.aborted === true) throw new HeldBackError();
      return await new Promise((resolve, reject) => {
        const giveUp = () => reject(new HeldBackError());
        signal?.addEventListener('abort', giveUp, { once: true });
        const turn = async () => {
          signal?.removeEventListener('abort', giveUp);
          if (signal?.aborted === true) return;
          refuseWhileResting('dms');
          const done = task();
          resolve(done);
          await Promise.allSettled([done]);
          await clock.sleep(thenMs, stopping.signal);
        };
        // Clearing a queue rejects what waits in it.
        queue.add(turn).catch((error: unknown) => {
          reject(stopping.signal.aborted ? new HeldBackError() : error);
        });
      });
    },

    rest: rests.rest,
    countInvalid: rests.countInvalid,
    stop() {
      stopping.abort();
      for (const { queue } of Object.values(lanes)) queue.clear();
      onFree?.();
    },
    isStopped: () => stopping.signal.aborted,
    status: () => ({
      ...rests.status(),
      waiting: door.size + lanes.dm.queue.size + lanes['open-dm'].queue.size,
    }),
  };

  function refuseWhileResting(of: Rest['of']): void {
    const ms = rests.restsFor(of);
    if (ms > 0) throw new AskedToWaitError(ms);
  }
}

function openLane(name: Lane) {
  const { atOnce, thenMs } = LANES[name];
  return { queue: new PQueue({ concurrency: atOnce }), thenMs };
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
