/** The clocks that a stand-in is started with. */
export interface Clocks {
  /** Paces rate limits and faults. */
  now(): number;
  /** What ids count from. */
  idNow(): number;
}

/** Discord's own clock, which the machine that runs the bot need not agree with. */
export interface DiscordClock extends Clocks {
  /** Lets Discord's clock run ahead of the given ones; behind them when negative. */
  setAhead(ms: number): void;
  /** Does something as if it had happened so long ago. */
  ago<Result>(ms: number, act: () => Result): Result;
}

export function createDiscordClock({ now, idNow }: Clocks): DiscordClock {
  let aheadMs = 0;
  return {
    now: () => now() + aheadMs,
    idNow: () => idNow() + aheadMs,
    setAhead(ms) {
      aheadMs = ms;
    },
    ago(ms, act) {
      aheadMs -= ms;
      try {
        return act();
      } finally {
        aheadMs += ms;
      }
    },
  };
}
