import type { Clock } from '../../calendar/clock.ts';
import type { Turn } from '../../digest/flow-dependencies.ts';
import { createGate, type Gate } from './gate.ts';
import type { Judgement } from './judge-answer.ts';

/** Who sends when. A destination that must wait takes no place from another. */
export interface PostingLanes {
  /** Runs a task in its destination's turn: one after the other in the order of asking, DMs apart and slower. */
  inTurn<T>(turn: Turn, task: () => Promise<T>): Promise<T>;
  /** Every request passes here once more, those of one turn too. */
  readonly requests: Gate;
  rest(judged: NonNullable<Judgement['rest']>): void;
}

/** Deliveries that can have a request under way at once. */
const CHANNELS_AT_ONCE = 64;
/** People hardly notice, and Discord looks at bots that write to many. */
const DMS_AT_ONCE = 4;
const BETWEEN_DMS_MS = 250;
/** Discord counts a second by its own clock; a place is taken for a second from when a request may have got there. */
const SPARE_PLACES = 1;

export function createPostingLanes(clock: Clock, requestsPerSecond: number): PostingLanes {
  const channels = createGate({ clock, places: CHANNELS_AT_ONCE, spacing: 0 });
  const dms = createGate({ clock, places: DMS_AT_ONCE, spacing: BETWEEN_DMS_MS });
  const requests = createGate({
    clock,
    places: requestsPerSecond + SPARE_PLACES,
    spacing: 1000 / requestsPerSecond,
  });
  /** Instants until which a channel's own limit is used up. */
  const resting = new Map<string, number>();

  async function sitOut({ destinationId, signal }: Turn): Promise<void> {
    const until = resting.get(destinationId);
    if (until === undefined) return;
    resting.delete(destinationId);
    const ms = until - clock.now();
    if (ms > 0) await clock.sleep(ms, signal);
  }

  return {
    async inTurn(turn, task) {
      await sitOut(turn);
      const lane = turn.destinationId.startsWith('u') ? dms : channels;
      const leave = await lane.enter(turn.signal);
      try {
        return await task();
      } finally {
        leave();
      }
    },
    requests,
    rest({ of, ms }) {
      if (typeof of === 'object') {
        resting.set(`c${of.channelId}`, clock.now() + ms);
        return;
      }
      const gates = of === 'dms' ? [dms] : [channels, dms, requests];
      for (const gate of gates) gate.closeFor(ms);
    },
  };
}
