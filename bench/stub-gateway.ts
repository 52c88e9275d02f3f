import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';

export interface StubGateway {
  readonly apiUrl: string;
  /** Sessions that have begun. */
  begun(): number;
  close(): Promise<void>;
}

interface Size {
  readonly shards: number;
  readonly serversEach: number;
}

const BOT = {
  id: '100000000000000001',
  username: 'Paperboy',
  discriminator: '0000',
  avatar: null,
  bot: true,
};
const FIRST_SERVER = 200_000_000_000_000_000n;

/** As much of Discord as a bot needs that only logs in: the playground would hold every server itself. */
export async function startStubGateway({ shards, serversEach }: Size): Promise<StubGateway> {
  let begun = 0;
  const server = createServer((request, response) => void answer(request, response));
  const sockets = new WebSocketServer({ server });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const place = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const limit = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: shards };
    const body = request.url?.endsWith('/gateway/bot')
      ? { url: `ws://${place}`, shards, session_start_limit: limit }
      : withIds(Buffer.concat(chunks).toString());
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  sockets.on('connection', (socket) => {
    send(socket, { op: 10, d: { heartbeat_interval: 41_250 } });
    socket.on('message', (data: Buffer) => {
      const packet = JSON.parse(data.toString());
      if (packet.op === 1) send(socket, { op: 11 });
      if (packet.op !== 2) return;
      begun += 1;
      send(socket, { op: 0, s: 1, t: 'READY', d: ready(packet.d.shard, serversEach, place) });
    });
  });

  return {
    apiUrl: `http://${place}/api`,
    begun: () => begun,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function ready(shard: readonly [number, number], serversEach: number, place: string): object {
  const first = FIRST_SERVER + BigInt(shard[0] * serversEach);
  const guilds = Array.from({ length: serversEach }, (_, at) => ({
    id: String(first + BigInt(at)),
    unavailable: true,
  }));
  const session = { session_id: `session-${shard[0]}`, resume_gateway_url: `ws://${place}` };
  return { v: 10, user: BOT, guilds, ...session, application: { id: BOT.id, flags: 0 }, shard };
}

function send(socket: WebSocket, packet: object): void {
  socket.send(JSON.stringify(packet));
}

/** What is registered comes back, as commands with ids. */
function withIds(body: string): unknown {
  const commands: unknown = body === '' ? [] : JSON.parse(body);
  return Array.isArray(commands) ? commands.map((command, at) => ({ ...command, id: `${at + 1}` })) : {};
}
