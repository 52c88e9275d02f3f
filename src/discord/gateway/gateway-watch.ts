import { type Clock, hasPassed, type Moment, momentOf } from '../../calendar/clock.ts';
import { HOUR_MS, type Instant } from '../../calendar/zoned-time.ts';
import type { Log } from '../../log.ts';

/** Whether Discord would bring an interaction at this moment, since when that is so, and if not, why. */
interface GatewayStatus {
  readonly isConnected: boolean;
  readonly since: Instant;
  readonly reason?: string;
}

export interface GatewayWatch {
  status(): GatewayStatus;
  connected(): void;
  /** A session ended; usually the next one is there within seconds. */
  lost(reason: string): void;
  /** A session could not begin. Logged at once, then hourly for as long as that lasts. */
  failed(reason: string): void;
}

export function createGatewayWatch(clock: Clock, log: Log): GatewayWatch {
  let status: GatewayStatus = { isConnected: false, since: clock.now(), reason: 'starting' };
  let logged: Moment | undefined;
  const lost = (reason: string) => {
    status = { isConnected: false, since: status.isConnected ? clock.now() : status.since, reason };
  };
  return {
    status: () => status,
    connected() {
      if (logged !== undefined) log.info({}, 'the gateway is connected again');
      logged = undefined;
      status = { isConnected: true, since: clock.now() };
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
