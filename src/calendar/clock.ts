import type { Instant } from './zoned-time.ts';

/** Time as an argument: the system's in production, a scripted one in tests. */
export interface Clock {
  /** Wall time. It can be wrong, and it can jump either way. */
  now(): Instant;
  /** Milliseconds that only go forward, whatever the wall clock does. Their zero means nothing. */
  monotonic(): number;
  /** Resolves after `ms`, or as soon as the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** One moment as both clocks show it. */
export interface Moment {
  readonly wall: Instant;
  readonly monotonic: number;
}

export function momentOf(clock: Clock): Moment {
  return { wall: clock.now(), monotonic: clock.monotonic() };
}

/**
 * Whether `ms` have passed since a moment of this process. A jump of the wall clock, in either direction, never makes
 * it late. Wall time counts as well because Linux's monotonic clock stands still while the machine is suspended.
 */
export function hasPassed(ms: number, since: Moment, clock: Clock): boolean {
  return clock.monotonic() - since.monotonic >= ms || clock.now() - since.wall >= ms;
}

/** Uniform in [0, 1), like `Math.random`. */
export type Random = () => number;

/** What a question is answered with; `late` where no answer came within so many ms, `failed` where it was rejected. */
export async function answerWithin<T>(
  ms: number,
  question: Promise<T>,
  { sleep }: Pick<Clock, 'sleep'>,
): Promise<T | 'late' | 'failed'> {
  const answered = new AbortController();
  const late = sleep(ms, answered.signal).then(() => 'late' as const);
  const answer = await Promise.race([question.catch(() => 'failed' as const), late]);
  answered.abort();
  return answer;
}
