import { HOUR_MS, type Instant } from '../calendar/zoned-time.ts';

export interface HealthFacts {
  readonly version: string;
  readonly now: Instant;
  readonly startedAt: Instant;
  readonly isConnected: boolean;
  readonly lastCollection: Instant | undefined;
  readonly lastDelivery: Instant | undefined;
  readonly openDeliveries: number;
}

/** What the address answers with; times are ISO 8601, null for never. */
export interface Health {
  readonly healthy: boolean;
  readonly version: string;
  readonly ready: boolean;
  readonly startedAt: string;
  readonly lastCollection: string | null;
  readonly lastDelivery: string | null;
  readonly openDeliveries: number;
}

/** Of collections, which come every ten minutes: Hugging Face may be away for a while without anybody being woken. */
const COLLECTION_LATE = 2 * HOUR_MS;

/** Healthy is who is connected to Discord, and has collected within two hours or not run for as long. */
export function buildHealth(facts: HealthFacts): Health {
  const { version, now, startedAt, isConnected, lastCollection, lastDelivery, openDeliveries } = facts;
  const isCollecting = now - Math.max(startedAt, lastCollection ?? startedAt) < COLLECTION_LATE;
  return {
    healthy: isConnected && isCollecting,
    version,
    ready: isConnected,
    startedAt: isoOf(startedAt),
    lastCollection: lastCollection === undefined ? null : isoOf(lastCollection),
    lastDelivery: lastDelivery === undefined ? null : isoOf(lastDelivery),
    openDeliveries,
  };
}

function isoOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
