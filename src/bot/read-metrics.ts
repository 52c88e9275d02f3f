import { answerWithin, type Clock } from '../calendar/clock.ts';
import type { GatewayWatch } from '../discord/gateway/gateway-watch.ts';
import type { DiscordRest } from '../discord/rest/create-rest.ts';
import type { LeadershipStatus } from './leadership.ts';
import type { MetricFacts } from '../operations/meter.ts';
import type { SqliteArchive } from '../storage/archive/sqlite-paper-archive.ts';
import type { LedgerCounts } from '../storage/ledger/ledger-counts.ts';
import type { Ledger } from '../storage/ledger/open-ledger.ts';

interface MetricParts {
  readonly version: string;
  readonly clock: Clock;
  /** The machine's own. */
  readonly pace: Pick<Clock, 'sleep'>;
  readonly ledger: Pick<Ledger, 'counts'>;
  readonly opened: Pick<SqliteArchive, 'paperCount'> & {
    readonly archive: Pick<SqliteArchive['archive'], 'lastCollection'>;
  };
  readonly discord: {
    readonly limiter: Pick<DiscordRest['limiter'], 'status'>;
    readonly discordClock: Pick<DiscordRest['discordClock'], 'timeNow'>;
  };
  readonly watch: Pick<GatewayWatch, 'status' | 'figures'>;
  /** Whether this process sends, answers and writes. */
  readonly leads: boolean;
  /** Undefined where no other process can share the work, and while this one starts. */
  readonly leadership: LeadershipStatus | undefined;
}

const SECOND_MS = 1000;
/** Prometheus gives up after ten seconds, and the pool of PostgreSQL no sooner. */
const COUNTED_WITHIN_MS = 3 * SECOND_MS;

/** What the metrics say of this moment. May raise `StorageError` for the archive. */
export async function readMetrics(parts: MetricParts): Promise<MetricFacts> {
  const { version, clock, opened, discord, watch, leadership } = parts;
  const counts = await readCounts(parts);
  const now = clock.now();
  const lastCollection = opened.archive.lastCollection(now);
  const { shards, shardsReady, servers, sessionsLeft } = watch.figures();
  const { waiting, restsForMs, invalid } = discord.limiter.status();
  return {
    version,
    servers,
    leader: parts.leads,
    leaseSeconds: leadership?.leaseSecondsLeft,
    takeOvers: leadership?.takeOvers,
    fencedWrites: leadership?.fencedWrites,
    ledgerClockSkewSeconds: leadership?.clockSkewSeconds,
    ledgerUp: counts !== undefined,
    papers: opened.paperCount(),
    destinations: counts?.destinations,
    openDeliveries: counts?.openDeliveries,
    uncertainSteps: counts?.uncertainSteps,
    oldestDueSeconds: counts && Math.max(0, now - (counts.oldestDue ?? now)) / SECOND_MS,
    lastCollectionAgeSeconds: lastCollection === undefined ? undefined : (now - lastCollection) / SECOND_MS,
    gatewayConnected: watch.status().isConnected,
    shards,
    shardsReady,
    sessionStartsLeft: sessionsLeft,
    requestsWaiting: waiting,
    restSeconds: restsForMs / SECOND_MS,
    invalidRequests: invalid,
    discordClockSkewSeconds: readSkew(now, discord.discordClock.timeNow()),
  };
}

/** Undefined where the ledger does not answer, or not in time. */
async function readCounts({
  ledger,
  pace,
}: Pick<MetricParts, 'ledger' | 'pace'>): Promise<LedgerCounts | undefined> {
  const counts = await answerWithin(COUNTED_WITHIN_MS, ledger.counts(), pace);
  return typeof counts === 'string' ? undefined : counts;
}

/** Discord's time is known to a second or so: within that there is no skew. */
function readSkew(
  now: number,
  time: { readonly earliest: number; readonly latest: number } | undefined,
): number | undefined {
  if (time === undefined) return undefined;
  const nearest = Math.min(Math.max(now, time.earliest), time.latest);
  return (now - nearest) / SECOND_MS;
}
