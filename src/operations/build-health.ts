import { HOUR_MS, type Instant } from '../calendar/zoned-time.ts';

export interface HealthFacts {
  readonly version: string;
  readonly now: Instant;
  readonly startedAt: Instant;
  /** Whether interactions come, since when that is so, and if not, why. */
  readonly gateway: { readonly isConnected: boolean; readonly since: Instant; readonly reason?: string };
  readonly lastCollection: Instant | undefined;
  /** What it says, or why it says nothing. */
  readonly ledger: LedgerFacts | { readonly reason: string };
}

export interface LedgerFacts {
  readonly lastDelivery: Instant | undefined;
  readonly openDeliveries: number;
}

/** What the address answers with; times are ISO 8601, null for never and where nobody can tell. */
export interface Health {
  readonly healthy: boolean;
  readonly version: string;
  readonly ready: boolean;
  readonly gateway: { readonly connected: boolean; readonly since: string; readonly reason: string | null };
  readonly ledger: { readonly connected: boolean; readonly reason: string | null };
  readonly startedAt: string;
  readonly lastCollection: string | null;
  readonly lastDelivery: string | null;
  readonly openDeliveries: number | null;
}

/** Of collections, which come every ten minutes: Hugging Face may be away for a while without anybody being woken. */
const COLLECTION_LATE = 2 * HOUR_MS;

/** Healthy is who is connected to Discord and to the ledger, and has collected within two hours or not run for as long. */
export function buildHealth({
  version,
  now,
  startedAt,
  gateway,
  lastCollection,
  ledger,
}: HealthFacts): Health {
  const { isConnected, since, reason = null } = gateway;
  const isCollecting = now - Math.max(startedAt, lastCollection ?? startedAt) < COLLECTION_LATE;
  const known = 'reason' in ledger ? undefined : ledger;
  return {
    healthy: isConnected && isCollecting && known !== undefined,
    version,
    ready: isConnected,
    gateway: { connected: isConnected, since: isoOf(since), reason },
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
