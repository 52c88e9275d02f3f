import type { Clock } from '../../calendar/clock.ts';
import { MINUTE_MS } from '../../calendar/zoned-time.ts';
import type { Log } from '../interactions/create-client.ts';
import type { Rest } from './read-limits.ts';

export interface RestsStatus {
  readonly restsForMs: number;
  readonly dmsRestForMs: number;
  /** Invalid requests of the last ten minutes. */
  readonly invalid: number;
  /** How often a rest began. */
  readonly rests: number;
}

/** What rests at present, because Discord asked for it, or because too many requests were invalid. */
export interface Rests {
  rest(rest: Rest, why: object): void;
  /** Milliseconds. Direct messages rest with everything. */
  restsFor(of: Rest['of']): number;
  countInvalid(): void;
  status(): RestsStatus;
}

/** Discord shuts an address out for 10,000 in 10 minutes: https://docs.discord.com/developers/topics/rate-limits */
const INVALID_WINDOW_MS = 10 * MINUTE_MS;
/** Others may use the same address. */
const MOST_INVALID = 2000;

export function createRests(clock: Pick<Clock, 'monotonic'>, log: Log): Rests {
  const until = { everything: -Infinity, dms: -Infinity };
  let invalid: number[] = [];
  let rests = 0;

  function restsFor(of: Rest['of']): number {
    const end = of === 'everything' ? until.everything : Math.max(until.everything, until.dms);
    return Math.max(0, Math.ceil(end - clock.monotonic()));
  }

  /** Whether one begins; many requests under way are told at the same time. */
  function begin({ of, ms }: Rest): boolean {
    const isFirst = restsFor(of) === 0;
    until[of] = Math.max(until[of], clock.monotonic() + ms);
    if (isFirst) rests += 1;
    return isFirst;
  }

  function recentInvalid(): number {
    const oldest = clock.monotonic() - INVALID_WINDOW_MS;
    const first = invalid.findIndex((at) => at > oldest);
    invalid = first === -1 ? [] : invalid.slice(first);
    return invalid.length;
  }

  return {
    restsFor,
    rest(rest, why) {
      if (begin(rest)) log.warn({ ...rest, ...why }, 'Discord asks to rest');
    },
    countInvalid() {
      invalid.push(clock.monotonic());
      const count = recentInvalid();
      if (count < MOST_INVALID) return;
      const ms = (invalid[count - MOST_INVALID] ?? 0) + INVALID_WINDOW_MS - clock.monotonic();
      if (begin({ of: 'everything', ms })) {
        log.error({ ms, count }, 'too many requests were refused; nothing is sent for a while');
      }
    },
    status: () => ({
      restsForMs: restsFor('everything'),
      dmsRestForMs: restsFor('dms'),
      invalid: recentInvalid(),
      rests,
    }),
  };
}
