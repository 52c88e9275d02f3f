import { afterEach, describe, expect, it } from 'vitest';
import { startHealth } from '../../../src/operations/start-health.ts';
import type { HealthServer } from '../../../src/operations/start-health-server.ts';
import { HOUR_MS } from '../../../src/calendar/zoned-time.ts';
import { createScriptedClock } from '../../support/scripted-clock.ts';

const address = { host: '127.0.0.1', port: 0 };
const NOON = Date.UTC(2026, 5, 9, 12);
const sources = {
  version: '0.1.0',
  clock: { now: () => NOON, monotonic: () => 0, sleep: () => Promise.resolve() },
  gateway: () => ({ isConnected: true, since: NOON }),
  archive: { lastCollection: () => NOON - 3 },
  destinations: { summary: async () => ({ destinations: 3, lastDeliveredAt: NOON - 1 }) },
  deliveries: { open: async () => [] },
};

describe('health', () => {
  let server: HealthServer | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  it('is told where it is asked for: the latest delivery of all places among the rest', async () => {
    server = await startHealth(address, sources);

    const response = await fetch(`http://${address.host}:${server?.port}/health`);

    expect(await response.json()).toEqual({
      healthy: true,
      version: '0.1.0',
      ready: true,
      gateway: { connected: true, since: '2026-06-09T12:00:00.000Z', reason: null },
      startedAt: '2026-06-09T12:00:00.000Z',
      lastCollection: '2026-06-09T11:59:59.997Z',
      lastDelivery: '2026-06-09T11:59:59.999Z',
      openDeliveries: 0,
    });
  });

  it('knows of no delivery before there is one', async () => {
    server = await startHealth(address, {
      ...sources,
      destinations: { summary: async () => ({ destinations: 0 }) },
    });

    const response = await fetch(`http://${address.host}:${server?.port}/health`);

    expect(await response.json()).toMatchObject({ lastDelivery: null });
  });

  it('is not healthy when nothing was collected since the start, though the clock was ahead then', async () => {
    const clock = createScriptedClock(NOON + 10 * HOUR_MS);
    server = await startHealth(address, { ...sources, clock, archive: { lastCollection: () => undefined } });
    clock.setWall(NOON);
    await clock.passTo(NOON + 3 * HOUR_MS);

    const response = await fetch(`http://${address.host}:${server?.port}/health`);

    expect(await response.json()).toMatchObject({ healthy: false, startedAt: '2026-06-09T12:00:00.000Z' });
  });

  it('opens no address unasked', async () => {
    server = await startHealth(undefined, sources);

    expect(server).toBeUndefined();
  });
});
