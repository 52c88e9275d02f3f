import { type Clock, momentOf } from '../calendar/clock.ts';
import type { DeliveryLedger } from '../delivery/delivery-ledger.ts';
import type { PaperArchive } from '../papers/paper-archive.ts';
import type { DestinationStore } from '../subscriptions/destination-store.ts';
import { buildHealth, type HealthFacts } from './build-health.ts';
import {
  type HealthServer,
  type HealthServerOptions,
  type Metrics,
  startHealthServer,
} from './start-health-server.ts';

/** What the answers are read from. */
export interface HealthSources {
  readonly version: string;
  readonly clock: Clock;
  readonly gateway: () => HealthFacts['gateway'];
  readonly archive: Pick<PaperArchive, 'lastCollection'>;
  readonly destinations: Pick<DestinationStore, 'summary'>;
  readonly deliveries: Pick<DeliveryLedger, 'open'>;
  readonly metrics?: Metrics | undefined;
}

/** Undefined when no address is asked for; rejects when it cannot listen there. */
export async function startHealth(
  address: Pick<HealthServerOptions, 'host' | 'port'> | undefined,
  { version, clock, gateway, archive, destinations, deliveries, metrics }: HealthSources,
): Promise<HealthServer | undefined> {
  if (address === undefined) return undefined;
  const started = momentOf(clock);
  const read = async () => {
    const [{ lastDeliveredAt }, open] = await Promise.all([destinations.summary(), deliveries.open()]);
    const { wall: now, monotonic } = momentOf(clock);
    return buildHealth({
      version,
      now,
      // The wall clock may have been ahead at the start; the monotonic one stands still while the machine sleeps.
      startedAt: Math.min(started.wall, now - (monotonic - started.monotonic)),
      gateway: gateway(),
      lastCollection: archive.lastCollection(now),
      lastDelivery: lastDeliveredAt,
      openDeliveries: open.length,
    });
  };
  return startHealthServer({ ...address, read, metrics });
}
