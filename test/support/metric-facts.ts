import type { MetricFacts } from '../../src/operations/meter.ts';

/** Of a bot that knows everything of itself. */
export const METRIC_FACTS: MetricFacts = {
  version: '1.2.3',
  servers: 3,
  leader: true,
  leaseSeconds: 4.2,
  takeOvers: 3,
  fencedWrites: 0,
  ledgerClockSkewSeconds: 0.01,
  ledgerUp: true,
  papers: 30_000,
  destinations: 12,
  openDeliveries: 2,
  uncertainSteps: 1,
  oldestDueSeconds: 90,
  lastCollectionAgeSeconds: 61.5,
  gatewayConnected: true,
  shards: 2,
  shardsReady: 1,
  sessionStartsLeft: 998,
  requestsWaiting: 7,
  restSeconds: 0,
  invalidRequests: 4,
  discordClockSkewSeconds: -2.5,
};
