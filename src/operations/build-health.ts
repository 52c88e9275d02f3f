import { HOUR_MS, type Instant } from '../calendar/zoned-time.ts';

export interface HealthFacts {
  readonly version: string;
  readonly now: Instant;
  readonly startedAt: Instant;
  /** Whether interactions come, since when that is so, and if not, why. */
  readonly gateway: { readonly isConnected: boolean; readonly since: Instant; readonly reason?: string };
  readonly lastCollection: Instant | undefined;
  readonly lastDelivery: Instant | undefined;
  readonly openDeliveries: number;
}

/** What the address answers with; times are ISO 8601, null for never. */
export interface Health {
  readonly healthy: boolean;
  readonly version: string;
  readonly ready: boolean;
  readonly gateway: { readonly connected: boolean; readonly since: string; readonly reason: string | null };
  readonly startedAt: string;
  readonly lastCollection: string | null;
  readonly lastDelivery: string | null;
  readonly openDeliveries: number;
}

/** Of collections, which come every ten minutes: Hugging Face may be away for a while without anybody being woken. */
const COLLECTION_LATE = 2 * HOUR_MS;

/** Healthy is who is connected to Discord, and has collected within two hours or not run for as long. */
export function buildHealth(facts: HealthFacts): Health {
  const { version, now, startedAt, gateway, lastCollection, lastDelivery, openDeliveries } = facts;
  const { isConnected, since, reason = null } = gateway;
  const isCollecting = now - Math.max(startedAt, lastCollection ?? startedAt) < COLLECTION_LATE;
  return {
    healthy: isConnected && isCollecting,
    version,
    ready: isConnected,
    gateway: { connected: isConnected, since: isoOf(since), reason },
    startedAt: isoOf(startedAt),
    lastCollection: lastCollection === undefined ? null : isoOf(lastCollection),
    lastDelivery: lastDelivery === undefined ? null : isoOf(lastDelivery),
    openDeliveries,
  };
}

function isoOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
