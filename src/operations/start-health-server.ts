import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';

export interface HealthServer {
  /** The one it listens on, also when asked for 0, which means any. */
  readonly port: number;
  close(): Promise<void>;
}

export interface HealthServerOptions {
  readonly host: string;
  readonly port: number;
  /** What it answers with. May raise: that is unhealthy, too. */
  readonly read: () => Promise<{ readonly healthy: boolean }>;
  /** `GET /metrics` is not known when absent. */
  readonly metrics?: Metrics | undefined;
}

export interface Metrics {
  readonly contentType: string;
  /** May raise. */
  readonly read: () => Promise<string>;
}

const REQUEST_TIMEOUT_MS = 5_000;

/** Answers `GET /health`: 200 when healthy, else 503. Rejects, with what to do about it, when it cannot listen there. */
export async function startHealthServer(options: HealthServerOptions): Promise<HealthServer> {
  const { host, port } = options;
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, answer(options));
  server.listen(port, host);
  await once(server, 'listening').catch((error: unknown) => {
    throw new Error(
      `HEALTH_PORT=${port} cannot be used on HEALTH_HOST=${host}. Set a port that is free and an address of this machine, or leave HEALTH_PORT out.`,
      { cause: error },
    );
  });
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

type Sources = Pick<HealthServerOptions, 'read' | 'metrics'>;

interface Page {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

function answer(sources: Sources): RequestListener {
  return (request, response) => void respond(request, response, sources);
}

async function respond(
  { method, url }: IncomingMessage,
  response: ServerResponse,
  sources: Sources,
): Promise<void> {
  const path = method === 'GET' || method === 'HEAD' ? url?.split('?')[0] : undefined;
  const { status, contentType, body } = await readPage(path, sources);
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' });
  response.end(method === 'HEAD' ? undefined : body);
}

async function readPage(path: string | undefined, { read, metrics }: Sources): Promise<Page> {
  if (path === '/health') {
    const health = await read().catch(() => ({ healthy: false }));
    return json(health.healthy ? 200 : 503, health);
  }
  if (path !== '/metrics' || metrics === undefined) return json(404, {});
  const { contentType } = metrics;
  return metrics.read().then(
    (body) => ({ status: 200, contentType, body }),
    () => json(503, {}),
  );
}

function json(status: number, body: object): Page {
  return { status, contentType: 'application/json; charset=utf-8', body: `${JSON.stringify(body)}\n` };
}
