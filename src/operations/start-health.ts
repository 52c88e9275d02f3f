import { answerWithin, type Clock, momentOf } from '../calendar/clock.ts';
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
  /** The machine's own. */
  readonly pace: Pick<Clock, 'sleep'>;
  readonly gateway: () => HealthFacts['gateway'];
  readonly archive: Pick<PaperArchive, 'lastCollection'>;
  readonly destinations: Pick<DestinationStore, 'summary'>;
  readonly deliveries: Pick<DeliveryLedger, 'open'>;
  readonly metrics?: Metrics | undefined;
}

/** Whoever asks for the health gives up after a few seconds, and a PostgreSQL that is cut off says nothing for ten. */
const LEDGER_WITHIN_MS = 2_000;

/** Undefined when no address is asked for; rejects when it cannot listen there. */
export async function startHealth(
  address: Pick<HealthServerOptions, 'host' | 'port'> | undefined,
  sources: HealthSources,
): Promise<HealthServer | undefined> {
  if (address === undefined) return undefined;
  const { version, clock, gateway, archive, metrics } = sources;
  const started = momentOf(clock);
  const read = async () => {
    const ledger = await askLedger(sources);
    const { wall: now, monotonic } = momentOf(clock);
    return buildHealth({
      version,
      now,
      // The wall clock may have been ahead at the start; the monotonic one stands still while the machine sleeps.
      startedAt: Math.min(started.wall, now - (monotonic - started.monotonic)),
      gateway: gateway(),
      lastCollection: archive.lastCollection(now),
      ledger,
    });
  };
  return startHealthServer({ ...address, read, metrics });
}

async function askLedger({ destinations, deliveries, pace }: HealthSources): Promise<HealthFacts['ledger']> {
  const question = Promise.all([destinations.summary(), deliveries.open()]);
  const answer = await answerWithin(LEDGER_WITHIN_MS, question, pace);
  if (answer === 'late') return { reason: 'The database does not answer.' };
  if (answer === 'failed') return { reason: 'The database could not be read.' };
  const [{ lastDeliveredAt: lastDelivery }, open] = answer;
  return { lastDelivery, openDeliveries: open.length };
}
