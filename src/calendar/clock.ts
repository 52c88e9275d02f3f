import type { Instant } from './zoned-time.ts';

/** Time as an argument: the system's in production, a scripted one in tests. */
export interface Clock {
  now(): Instant;
  /** Resolves after `ms`, or as soon as the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Uniform in [0, 1), like `Math.random`. */
export type Random = () => number;
