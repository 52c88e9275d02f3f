const DAY_MS = 24 * 60 * 60_000;

export interface SessionLimits {
  /** How many shards Discord recommends. */
  shards: number;
  /** Sessions that can be begun in a day. */
  total: number;
  remaining: number;
  /** When all are there again, by Discord's clock; a day after the first one when absent. */
  resetsAt?: number;
  /** Shards that may identify within five seconds. */
  maxConcurrency: number;
}
export interface SessionStarts {
  /** What `GET /gateway/bot` says: https://discord.com/developers/docs/events/gateway#get-gateway-bot */
  show(): { readonly shards: number; readonly session_start_limit: Readonly<Record<string, number>> };
  set(change: Partial<SessionLimits>): void;
  limits(): Readonly<SessionLimits>;
  /** Takes one; false when none is left. */
  take(): boolean;
}

export function createSessionStarts(clock: { now(): number }): SessionStarts {
  const limits: SessionLimits = { shards: 1, total: 1000, remaining: 1000, maxConcurrency: 1 };
  const reset = () => {
    if (limits.resetsAt === undefined || limits.resetsAt > clock.now()) return;
    limits.remaining = limits.total;
    delete limits.resetsAt;
  };
  return {
    show() {
      reset();
      const { shards, total, remaining, resetsAt, maxConcurrency } = limits;
      const resetAfter = resetsAt === undefined ? 0 : resetsAt - clock.now();
      const limit = { total, remaining, reset_after: resetAfter, max_concurrency: maxConcurrency };
      return { shards, session_start_limit: limit };
    },
    limits: () => ({ ...limits }),
    set: (change) => void Object.assign(limits, change),
    take() {
      reset();
      if (limits.remaining <= 0) return false;
      limits.remaining -= 1;
      limits.resetsAt ??= clock.now() + DAY_MS;
      return true;
    },
  };
}
