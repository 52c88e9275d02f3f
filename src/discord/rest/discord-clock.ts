import { type Clock, hasPassed, type Moment, momentOf } from '../../calendar/clock.ts';
import { HOUR_MS } from '../../calendar/zoned-time.ts';
import type { DiscordTime } from '../../delivery/delivery-transport.ts';
import type { Log } from '../../log.ts';

/** Discord's clock, as the `Date` headers of its answers tell it. */
export interface DiscordClock {
  /** To be asked as a request leaves; what it gives back is told the `Date` header of the answer. */
  watch(): (date: string | null) => void;
  timeNow(): DiscordTime | undefined;
  /** Why nobody will know the time, and so nothing is sent: answers come, and none has told it. */
  silence(): string | undefined;
}

const SILENCE =
  "No answer of Discord has a readable Date header, and nothing is sent without Discord's time. Look for a proxy that takes it away.";

/** A `Date` header has whole seconds, rounded down. */
const PRECISION_MS = 1000;

/**
 * The machine's clocks only measure what has passed since the last answer: the wall clock may be corrected meanwhile, and
 * Linux's monotonic clock stands still in a suspend.
 */
export function createDiscordClock(clock: Clock, log: Pick<Log, 'warn'>): DiscordClock {
  let last: { readonly date: number; readonly left: Moment; readonly came: Moment } | undefined;
  let saidAt: Moment | undefined;

  function complain(): void {
    if (last !== undefined || (saidAt !== undefined && !hasPassed(HOUR_MS, saidAt, clock))) return;
    saidAt = momentOf(clock);
    log.warn({}, SILENCE);
  }

  return {
    watch() {
      const left = momentOf(clock);
      return (header) => {
        const date = Date.parse(header ?? '');
        if (Number.isFinite(date)) last = { date, left, came: momentOf(clock) };
        else complain();
      };
    },
    silence: () => (last === undefined && saidAt !== undefined ? SILENCE : undefined),
    timeNow() {
      if (last === undefined) return undefined;
      const { date, left, came } = last;
      const now = momentOf(clock);
      const shortest = Math.min(now.wall - came.wall, now.monotonic - came.monotonic);
      const longest = Math.max(now.wall - left.wall, now.monotonic - left.monotonic);
      return {
        earliest: Math.floor(date + Math.max(0, shortest)),
        latest: Math.ceil(date + PRECISION_MS + longest),
      };
    },
  };
}
