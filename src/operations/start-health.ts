import { answerWithin, type Clock, momentOf } from '../calendar/clock.ts';
import { HOUR_MS, type Instant } from '../calendar/zoned-time.ts';
import type { DeliveryLedger } from '../delivery/delivery-ledger.ts';
import type { PaperArchive } from '../papers/paper-archive.ts';
import type { DestinationStore } from '../subscriptions/destination.ts';
import {
  type HealthServer,
  type HealthServerOptions,
  type Metrics,
  startHealthServer,
} from './start-health-server.ts';

interface HealthFacts {
  readonly version: string;
  readonly now: Instant;
  readonly startedAt: Instant;
  /** Whether interactions come, since when that is so, and if not, why. */
  readonly gateway: { readonly isConnected: boolean; readonly since: Instant; readonly reason?: string };
  /** Whether Discord has the commands as they are now; `reason`: why the last try to register them failed. */
  readonly commands: { readonly areRegistered: boolean; readonly reason?: string };
  /** Why nothing can be sent, though the gateway is there. */
  readonly obstacle: string | undefined;
  readonly lastCollection: Instant | undefined;
  /** What it says, or why it says nothing. */
  readonly ledger: LedgerFacts | { readonly reason: string };
}

interface LedgerFacts {
  readonly lastDelivery: Instant | undefined;
  readonly openDeliveries: number;
}

/** What the address answers with; times are ISO 8601, null for never and where nobody can tell. */
interface Health {
  readonly healthy: boolean;
  readonly version: string;
  readonly ready: boolean;
  readonly gateway: { readonly connected: boolean; readonly since: string; readonly reason: string | null };
  readonly commands: { readonly registered: boolean; readonly reason: string | null };
  readonly sending: { readonly possible: boolean; readonly reason: string | null };
  readonly ledger: { readonly connected: boolean; readonly reason: string | null };
  readonly startedAt: string;
  readonly lastCollection: string | null;
  readonly lastDelivery: string | null;
  readonly openDeliveries: number | null;
}

/** Of collections, which come every ten minutes: Hugging Face may be away for a while without anybody being woken. */
const COLLECTION_LATE = 2 * HOUR_MS;

/** Healthy is who is connected to Discord and to the ledger, can send, and has collected within two hours or not run for as long. */
export function buildHealth({
  version,
  now,
  startedAt,
  gateway,
  commands,
  obstacle,
  lastCollection,
  ledger,
}: HealthFacts): Health {
  const { isConnected, since, reason = null } = gateway;
  const isCollecting = now - Math.max(startedAt, lastCollection ?? startedAt) < COLLECTION_LATE;
  const known = 'reason' in ledger ? undefined : ledger;
  return {
    healthy: isConnected && obstacle === undefined && isCollecting && known !== undefined,
    version,
    ready: isConnected,
    gateway: { connected: isConnected, since: isoOf(since), reason },
    commands: { registered: commands.areRegistered, reason: commands.reason ?? null },
    sending: { possible: obstacle === undefined, reason: obstacle ?? null },
    ledger: { connected: known !== undefined, reason: 'reason' in ledger ? ledger.reason : null },
    startedAt: isoOf(startedAt),
    lastCollection: lastCollection === undefined ? null : isoOf(lastCollection),
    lastDelivery: known?.lastDelivery === undefined ? null : isoOf(known.lastDelivery),
    openDeliveries: known?.openDeliveries ?? null,
  };
}

function isoOf(instant: Instant): string {
  return new Date(instant).toISOString();
}

/** What the answers are read from. */
interface HealthSources {
  readonly version: string;
  readonly clock: Clock;
  /** The machine's own. */
  readonly pace: Pick<Clock, 'sleep'>;
  readonly gateway: () => HealthFacts['gateway'];
  readonly commands: () => HealthFacts['commands'];
  readonly obstacle: () => string | undefined;
  readonly archive: Pick<PaperArchive, 'lastCollection'>;
  readonly destinations: Pick<DestinationStore, 'summary'>;
  readonly deliveries: Pick<DeliveryLedger, 'open'>;
  /** Whether the file of the ledger is where it was. */
  readonly isInPlace: () => boolean;
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
  const { version, clock, gateway, commands, obstacle, archive, metrics } = sources;
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
      commands: commands(),
      obstacle: obstacle(),
      lastCollection: archive.lastCollection(now),
      ledger,
    });
  };
  return startHealthServer({ ...address, read, metrics });
}

async function askLedger(sources: HealthSources): Promise<HealthFacts['ledger']> {
  const { destinations, deliveries, isInPlace, pace } = sources;
  if (!isInPlace()) return { reason: 'The file of the ledger was removed or replaced.' };
  const question = Promise.all([destinations.summary(), deliveries.open()]);
  const answer = await answerWithin(LEDGER_WITHIN_MS, question, pace);
  if (answer === 'late') return { reason: 'The database does not answer.' };
  if (answer === 'failed') return { reason: 'The database could not be read.' };
  const [{ lastDeliveredAt: lastDelivery }, open] = answer;
  return { lastDelivery, openDeliveries: open.length };
}
