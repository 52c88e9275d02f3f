import { afterEach, describe, expect, it } from 'vitest';
import { type HealthServer, startHealthServer } from '../../../src/operations/start-health-server.ts';
import { buildHealth } from '../../../src/operations/start-health.ts';

const facts = {
  version: '0.1.0',
  commands: { areRegistered: true },
  now: 0,
  startedAt: 0,
  obstacle: undefined,
  lastCollection: 0,
  ledger: { lastDelivery: 0, openDeliveries: 0 },
};
const host = '127.0.0.1';

describe('the health address', () => {
  let server: HealthServer | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  async function ask(isConnected: boolean | 'unknown', path = '/health', method = 'GET'): Promise<Response> {
    const read = async () => {
      if (isConnected === 'unknown') throw new Error('the archive could not be read: a secret');
      return buildHealth({ ...facts, gateway: { isConnected, since: 0 } });
    };
    server = await startHealthServer({ host, port: 0, read });
    return await fetch(`http://${host}:${server.port}${path}`, { method });
  }

  it.each([
    ['200 when all is well', true, 200],
    ['503 when it is not', false, 503],
    ['503 when it cannot tell', 'unknown', 503],
  ] as const)('answers %s', async (_what, isConnected, status) => {
    const response = await ask(isConnected);

    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ healthy: isConnected === true });
  });

  it.each([
    ['/', 'GET'],
    ['/health/', 'GET'],
    ['/metrics', 'GET'],
    ['/health', 'POST'],
  ])('has nothing else: %s %s', async (path, method) => {
    const response = await ask('unknown', path, method);

    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('secret');
  });

  it('has metrics where they are asked for', async () => {
    const contentType = 'text/plain; version=0.0.4';
    const read = () => Promise.reject(new Error('a secret'));
    server = await startHealthServer({
      host,
      port: 0,
      read,
      metrics: { contentType, read: () => Promise.resolve('paperboy_papers 7\n') },
    });

    const response = await fetch(`http://${host}:${server.port}/metrics`);

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(contentType);
    expect(await response.text()).toBe('paperboy_papers 7\n');
  });

  it('answers 503 for metrics that cannot be read', async () => {
    const read = () => Promise.reject(new Error('a secret'));
    server = await startHealthServer({ host, port: 0, read, metrics: { contentType: 'text/plain', read } });

    const response = await fetch(`http://${host}:${server.port}/metrics`);

    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain('secret');
  });

  it('says when another program has its port', async () => {
    await ask(true);

    const second = startHealthServer({
      host,
      port: server?.port ?? 0,
      read: async () => buildHealth({ ...facts, gateway: { isConnected: true, since: 0 } }),
    });

    await expect(second).rejects.toMatchObject({
      message: expect.stringMatching(/^HEALTH_PORT=\d+ cannot be used .* Set a port that is free/),
      cause: { code: 'EADDRINUSE' },
    });
  });
});
