import { once } from 'node:events';
import { createServer } from 'node:net';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { openWire } from '../../../../playground/postgres/cuttable-wire.ts';
import { takeTurnToIdentify } from '../../../../src/storage/ledger/lease/identify-turns.ts';
import { hasPostgres, SERVER_URL } from './ledger-world.ts';

/** Nobody else begins sessions of it. */
const KIND = 1_000 + Math.floor(Math.random() * 1_000_000);

const connectTo = (port: number) => async () => {
  const url = new URL(SERVER_URL);
  url.port = String(port);
  const client = new pg.Client({ connectionString: url.href });
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

describe('a turn to begin a gateway session', () => {
  it.skipIf(!hasPostgres)('is not kept by a process that stands still', { timeout: 30_000 }, async () => {
    const { port } = new URL(SERVER_URL);
    const wire = await openWire(() => Number(port));
    const { signal } = new AbortController();
    await takeTurnToIdentify(connectTo(wire.port), { kind: KIND, signal });

    wire.cut();

    const next = takeTurnToIdentify(connectTo(Number(port)), { kind: KIND, signal });
    await expect(next).resolves.toBeUndefined();
    wire.close();
  });

  it('is no longer waited for after an abort, while the database is silent', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const connected = once(server, 'connection');
    const ending = new AbortController();
    const waiting = takeTurnToIdentify(connectTo(port), { kind: KIND, signal: ending.signal });
    await connected;

    ending.abort();

    await expect(waiting).rejects.toBe(ending.signal.reason);
    server.close();
  });
});
