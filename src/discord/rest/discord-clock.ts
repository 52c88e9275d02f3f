import type { DiscordTime } from '../../delivery/delivery-transport.ts';

/** Wall time, and milliseconds that only go forward. */
export interface Readings {
  now(): number;
  monotonic(): number;
}

/** Discord's clock, as the `Date` headers of its answers tell it. */
export interface DiscordClock {
  /** To be asked as a request leaves; what it gives back is told the `Date` header of the answer. */
  watch(): (date: string | null) => void;
  timeNow(): DiscordTime | undefined;
}

/** A `Date` header has whole seconds, rounded down. */
const PRECISION_MS = 1000;

interface Reading {
  readonly wall: number;
  readonly monotonic: number;
}

/** The machine's clocks only measure what has passed since the last answer: the wall clock may be corrected meanwhile, and Linux's monotonic clock stands still in a suspend. */
export function createDiscordClock(readings: Readings): DiscordClock {
  let last: { readonly date: number; readonly left: Reading; readonly came: Reading } | undefined;
  const read = (): Reading => ({ wall: readings.now(), monotonic: readings.monotonic() });

  return {
    watch() {
      const left = read();
      return (header) => {
        const date = Date.parse(header ?? '');
        if (Number.isFinite(date)) last = { date, left, came: read() };
      };
    },
    timeNow() {
      if (last === undefined) return undefined;
      const { date, left, came } = last;
      const now = read();
      const shortest = Math.min(now.wall - came.wall, now.monotonic - came.monotonic);
      const longest = Math.max(now.wall - left.wall, now.monotonic - left.monotonic);
      return {
        earliest: Math.floor(date + Math.max(0, shortest)),
        latest: Math.ceil(date + PRECISION_MS + longest),
      };
    },
  };
}
