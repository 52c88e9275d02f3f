import { afterEach, describe, expect, it } from 'vitest';
import { openWire } from '../../../playground/postgres/cuttable-wire.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import type { HealthServer } from '../../../src/operations/start-health-server.ts';
import { buildHealth, startHealth } from '../../../src/operations/start-health.ts';
import { openLedger } from '../../../src/storage/ledger/open-ledger.ts';
import { systemClock } from '../../../src/system-clock.ts';
import { createScriptedClock } from '../../support/scripted-clock.ts';
import { POSTGRES, useLedger } from '../storage/ledger/ledger-world.ts';

const NOW = Date.UTC(2026, 5, 8, 9);
const well = {
  version: '0.1.0',
  now: NOW,
  startedAt: NOW - 24 * HOUR_MS,
  gateway: { isConnected: true, since: NOW - HOUR_MS },
  commands: { areRegistered: true },
  obstacle: undefined,
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
    ['not when nothing can be sent', { obstacle: 'nobody knows the time' }, false],
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

  it('tells why Discord has no list of commands, and is good all the same: digests go out', () => {
    const commands = { areRegistered: false, reason: 'Bad Gateway' };

    expect(buildHealth({ ...well, commands })).toMatchObject({
      healthy: true,
      commands: { registered: false, reason: 'Bad Gateway' },
    });
  });

  it('tells what happened last', () => {
    expect(buildHealth({ ...well, ledger: { lastDelivery: undefined, openDeliveries: 2 } })).toEqual({
      healthy: true,
      version: '0.1.0',
      ready: true,
      gateway: { connected: true, since: '2026-06-08T08:00:00.000Z', reason: null },
      commands: { registered: true, reason: null },
      sending: { possible: true, reason: null },
      ledger: { connected: true, reason: null },
      startedAt: '2026-06-07T09:00:00.000Z',
      lastCollection: '2026-06-08T08:50:00.000Z',
      lastDelivery: null,
      openDeliveries: 2,
    });
  });
});

const address = { host: '127.0.0.1', port: 0 };
const NOON = Date.UTC(2026, 5, 9, 12);
const sources = {
  version: '0.1.0',
  pace: systemClock,
  clock: { now: () => NOON, monotonic: () => 0, sleep: () => Promise.resolve() },
  gateway: () => ({ isConnected: true, since: NOON }),
  commands: () => ({ areRegistered: true }),
  obstacle: () => undefined,
  archive: { lastCollection: () => NOON - 3 },
  destinations: { summary: async () => ({ destinations: 3, lastDeliveredAt: NOON - 1 }) },
  deliveries: { open: async () => [] },
  isInPlace: () => true,
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
      commands: { registered: true, reason: null },
      sending: { possible: true, reason: null },
      ledger: { connected: true, reason: null },
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

  it('is bad when the file of the ledger is gone, though the ledger answers', async () => {
    server = await startHealth(address, { ...sources, isInPlace: () => false });

    const response = await fetch(`http://${address.host}:${server?.port}/health`);

    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      ledger: { connected: false, reason: 'The file of the ledger was removed or replaced.' },
    });
  });

  it('opens no address unasked', async () => {
    server = await startHealth(undefined, sources);

    expect(server).toBeUndefined();
  });
});

describe('health beside a PostgreSQL', () => {
  const world = useLedger(POSTGRES);

  it('tells within about two seconds that it says nothing, and is well again once it does', async () => {
    const wire = await openWire(() => 5432);
    const ledger = await openLedger({
      url: world.url.replace(':5432', `:${wire.port}`),
      clock: sources.clock,
      log: { error: () => undefined },
    });
    const server = await startHealth(address, { ...sources, ...ledger });
    const ask = () => fetch(`http://${address.host}:${server?.port}/health`);
    expect((await ask()).status).toBe(200);

    wire.cut();
    const begun = performance.now();
    const response = await ask();

    expect(performance.now() - begun).toBeLessThan(4_000);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      healthy: false,
      gateway: { connected: true },
      ledger: { connected: false, reason: 'The database does not answer.' },
      lastDelivery: null,
      openDeliveries: null,
    });
    wire.mend();
    expect((await ask()).status).toBe(200);
    await server?.close();
    await ledger.close();
    wire.close();
  });
});
