import { type Clock, hasPassed, type Moment, momentOf } from '../../calendar/clock.ts';
import { HOUR_MS, type Instant } from '../../calendar/zoned-time.ts';
import type { Log } from '../../log.ts';

/** Whether Discord would bring an interaction at this moment, since when that is so, and if not, why. */
interface GatewayStatus {
  readonly isConnected: boolean;
  readonly since: Instant;
  readonly reason?: string;
}

/** Undefined where it is not known yet. */
export interface GatewayFigures {
  /** That Discord asks for. */
  readonly shards?: number | undefined;
  readonly shardsReady: number;
  /** That the bot is in, as each session said when it began. */
  readonly servers?: number | undefined;
  /** That may still begin, when Discord was asked last, less those that began since. */
  readonly sessionsLeft?: number | undefined;
  /** When Discord gives new ones, and how many. */
  readonly renewal?: { readonly at: Instant; readonly sessions: number } | undefined;
}

export interface GatewayWatch {
  status(): GatewayStatus;
  figures(): GatewayFigures;
  count(figures: Partial<GatewayFigures>): void;
  connected(): void;
  /** A session ended; usually the next one is there within seconds. */
  lost(reason: string): void;
  /** A session could not begin. Logged at once, then hourly for as long as that lasts. */
  failed(reason: string): void;
}

export function createGatewayWatch(clock: Clock, log: Log): GatewayWatch {
  let status: GatewayStatus = { isConnected: false, since: clock.now(), reason: 'starting' };
  let figures: GatewayFigures = { shardsReady: 0 };
  let isComplete = false;
  let logged: Moment | undefined;
  const lost = (reason: string) => {
    status = { isConnected: false, since: status.isConnected ? clock.now() : status.since, reason };
  };
  return {
    status: () => status,
    figures() {
      const { renewal } = figures;
      return renewal === undefined || clock.now() < renewal.at
        ? figures
        : { ...figures, sessionsLeft: renewal.sessions };
    },
    count(change) {
      figures = { ...figures, ...change };
      const { shards = 1, shardsReady, servers } = figures;
      // The list of servers comes behind the news that a shard is ready.
      if (shards === 1 || shardsReady < shards || change.servers === undefined || isComplete) return;
      isComplete = true;
      log.info({ shards, servers }, 'all shards are connected');
    },
    connected() {
      if (logged !== undefined) log.info({}, 'the gateway is connected again');
      logged = undefined;
      if (!status.isConnected) status = { isConnected: true, since: clock.now() };
    },
    lost,
    failed(reason) {
      lost(reason);
      if (logged !== undefined && !hasPassed(HOUR_MS, logged, clock)) return;
      logged = momentOf(clock);
      log.warn({ reason }, 'the gateway cannot be reached, trying on');
    },
  };
}
