import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { buildHealth } from '../../../src/operations/build-health.ts';

const NOW = Date.UTC(2026, 5, 8, 9);
const well = {
  version: '0.1.0',
  now: NOW,
  startedAt: NOW - 24 * HOUR_MS,
  gateway: { isConnected: true, since: NOW - HOUR_MS },
  lastCollection: NOW - 10 * MINUTE_MS,
  ledger: { lastDelivery: NOW - HOUR_MS, openDeliveries: 2 },
};

describe('health', () => {
  it.each([
    ['when connected and collecting', {}, true],
    ['when the last collection was just within two hours', { lastCollection: NOW - 2 * HOUR_MS + 1 }, true],
    ['when just started, after a long stop', { startedAt: NOW, lastCollection: NOW - 90 * HOUR_MS }, true],
    ['when just started, and never collected', { startedAt: NOW, lastCollection: undefined }, true],
    ['not when the gateway is away', { gateway: { isConnected: false, since: NOW } }, false],
    ['not when nothing was collected for two hours', { lastCollection: NOW - 2 * HOUR_MS }, false],
    ['not when the ledger says nothing', { ledger: { reason: 'The database does not answer.' } }, false],
    ['not when nothing was ever collected', { lastCollection: undefined }, false],
  ])('is good %s', (_what, about, healthy) => {
    expect(buildHealth({ ...well, ...about }).healthy).toBe(healthy);
  });

  it('tells since when the gateway is away, and why', () => {
    const gateway = { isConnected: false, since: NOW - MINUTE_MS, reason: 'no session is left' };

    expect(buildHealth({ ...well, gateway })).toMatchObject({
      ready: false,
      gateway: { connected: false, since: '2026-06-08T08:59:00.000Z', reason: 'no session is left' },
    });
  });

  it('tells what happened last', () => {
    expect(buildHealth({ ...well, ledger: { lastDelivery: undefined, openDeliveries: 2 } })).toEqual({
      healthy: true,
      version: '0.1.0',
      ready: true,
      gateway: { connected: true, since: '2026-06-08T08:00:00.000Z', reason: null },
      ledger: { connected: true, reason: null },
      startedAt: '2026-06-07T09:00:00.000Z',
      lastCollection: '2026-06-08T08:50:00.000Z',
      lastDelivery: null,
      openDeliveries: 2,
    });
  });
});
