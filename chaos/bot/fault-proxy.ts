import { createServer, type IncomingMessage, request as ask, type ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { Instant } from '../../src/calendar/zoned-time.ts';

/** What goes wrong with one request. `answer` and `drop-before` keep it from having its effect, unless told otherwise. */
export type RequestFault =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Headers;
      readonly hasEffect?: boolean;
    }
  | { readonly kind: 'drop-before' }
  | { readonly kind: 'drop-after' }
  /** Nobody answers, and it has its effect later. */
  | { readonly kind: 'late'; readonly ms: number }
  | { readonly kind: 'silence'; readonly ms: number }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'cut-off' };

type Headers = Readonly<Record<string, string>>;

export interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
}

export interface Exchange extends Asked {
  readonly body: string;
  readonly startedAt: Instant;
  readonly fault?: RequestFault['kind'];
  /** What the other side answered, and when that was passed on whole; absent where nothing was. */
  readonly answer?: { readonly status: number; readonly body: string; readonly at: Instant };
  readonly endedAt: Instant;
}

export interface FaultProxy {
  readonly url: string;
  close(): Promise<void>;
}

interface Upstream {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Stands between the bot and a server, spoils what it is told to, and reports each exchange when it has ended. */
export async function startFaultProxy(options: {
  readonly target: string;
  readonly decide: (request: Asked) => RequestFault | undefined;
  readonly onExchange: (exchange: Exchange) => void;
}): Promise<FaultProxy> {
  const target = new URL(options.target);

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = Date.now();
    const { method = 'GET', url: path = '/' } = request;
    const fault = options.decide({ method, path });
    const body = await readAll(request);
    const answer = await answerWith(fault, response, () =>
      forward({ target, method, path, headers: request.headers, body }),
    );
    options.onExchange({
      method,
      path,
      body: body.toString(),
      startedAt,
      ...(fault === undefined ? {} : { fault: fault.kind }),
      ...(answer === undefined ? {} : { answer }),
      endedAt: Date.now(),
    });
  }

  const server = createServer((request, response) => {
    // A client that was killed in the middle leaves a request without an end.
    pass(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answerWith(
  fault: RequestFault | undefined,
  response: ServerResponse,
  forwardOn: () => Promise<Upstream>,
): Promise<Exchange['answer']> {
  if (fault?.kind === 'drop-before') {
    response.destroy();
    return undefined;
  }
  if (fault?.kind === 'answer') {
    if (fault.hasEffect === true) await forwardOn();
    // The date here is not Discord's, whose days go by faster, and the bot goes by it.
    response.sendDate = false;
    response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
    const body = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body);
    response.end(body);
    return { status: fault.status, body, at: Date.now() };
  }
  if (fault?.kind === 'late') {
    response.destroy();
    await setTimeout(fault.ms);
    await forwardOn();
    return undefined;
  }
  if (fault?.kind === 'slow') await setTimeout(fault.ms);
  const upstream = await forwardOn();
  if (fault?.kind === 'silence') await setTimeout(fault.ms);
  if (fault?.kind === 'silence' || fault?.kind === 'drop-after') {
    response.destroy();
    return undefined;
  }
  response.writeHead(upstream.status, upstream.headers);
  if (fault?.kind === 'cut-off') {
    response.write(upstream.body.subarray(0, upstream.body.length / 2), () => response.destroy());
    return undefined;
  }
  response.end(upstream.body);
  return { status: upstream.status, body: upstream.body.toString(), at: Date.now() };
}

async function forward(options: {
  readonly target: URL;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}): Promise<Upstream> {
  const { target, method, path, body } = options;
  const { 'transfer-encoding': _encoding, ...headers } = options.headers;
  const outgoing = ask({
    host: target.hostname,
    port: target.port,
    // A kept connection that the other side closes meanwhile would be a fault that nobody asked for.
    agent: false,
    method,
    path,
    headers: { ...headers, 'content-length': body.length },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.on('response', resolve).on('error', reject);
  });
  outgoing.end(body);
  const incoming = await answered;
  const read = await readAll(incoming);
  const { 'transfer-encoding': _chunked, connection: _connection, ...passed } = incoming.headers;
  return {
    status: incoming.statusCode ?? 502,
    headers: { ...passed, 'content-length': String(read.length) },
    body: read,
  };
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
