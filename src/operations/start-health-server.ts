import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { Health } from './build-health.ts';

export interface HealthServer {
  /** The one it listens on, also when asked for 0, which means any. */
  readonly port: number;
  close(): Promise<void>;
}

export interface HealthServerOptions {
  readonly host: string;
  readonly port: number;
  /** May raise: that is unhealthy, too. */
  readonly read: () => Promise<Health>;
}

const REQUEST_TIMEOUT_MS = 5_000;

/** Answers `GET /health`: 200 when healthy, else 503. Rejects when it cannot listen there. */
export async function startHealthServer({ host, port, read }: HealthServerOptions): Promise<HealthServer> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, answer(read));
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function answer(read: () => Promise<Health>): RequestListener {
  return (request, response) => void respond(request, response, read);
}

async function respond(
  { method, url }: IncomingMessage,
  response: ServerResponse,
  read: () => Promise<Health>,
): Promise<void> {
  const isKnown = (method === 'GET' || method === 'HEAD') && url?.split('?')[0] === '/health';
  const { status, body } = isKnown ? await readSafely(read) : { status: 404, body: {} };
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(method === 'HEAD' ? undefined : `${JSON.stringify(body)}\n`);
}

async function readSafely(
  read: () => Promise<Health>,
): Promise<{ readonly status: number; readonly body: object }> {
  try {
    const health = await read();
    return { status: health.healthy ? 200 : 503, body: health };
  } catch {
    return { status: 503, body: { healthy: false } };
  }
}
