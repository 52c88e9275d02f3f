import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { isRecord, type World } from './state.ts';

interface Session {
  id: string;
  intents: number;
  events: { op: number; s: number; t: string; d: unknown }[];
  socket: WebSocket | undefined;
}
export interface Gateway {
  dispatch(event: string, data: unknown): void;
  disconnect(code: number): void;
  close(): void;
}
export interface GatewayOptions {
  world: World;
  url(): string;
  guildEvents(): readonly unknown[];
}

/** https://discord.com/developers/docs/events/gateway */
export function startGateway(server: Server, { world, url, guildEvents }: GatewayOptions): Gateway {
  const sockets = new WebSocketServer({ server });
  const sessions = new Map<string, Session>();
  const emit = (session: Session, t: string, d: unknown) => {
    const event: Session['events'][number] = {
      op: 0,
      s: session.events.length + 1,
      t,
      d: structuredClone(d),
    };
    session.events.push(event);
    session.socket?.send(JSON.stringify(event));
  };
  const identify = (socket: WebSocket, data: Readonly<Record<string, unknown>>): Session | undefined => {
    if (data['token'] !== world.token) {
      socket.close(4004, 'Authentication failed.');
      return undefined;
    }
    const session: Session = { id: randomUUID(), intents: Number(data['intents']), events: [], socket };
    sessions.set(session.id, session);
    const { bot, applicationId, guilds } = world.state;
    emit(session, 'READY', {
      v: 10,
      user: bot,
      guilds: Object.keys(guilds).map((id) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: url(),
      application: { id: applicationId, flags: 0 },
      shard: data['shard'] ?? [0, 1],
    });
    if ((session.intents & 1) !== 0) for (const guild of guildEvents()) emit(session, 'GUILD_CREATE', guild);
    return session;
  };
  const resume = (socket: WebSocket, data: Readonly<Record<string, unknown>>): Session | undefined => {
    const session = sessions.get(String(data['session_id']));
    if (session === undefined || data['token'] !== world.token) {
      socket.send(JSON.stringify({ op: 9, d: false }));
      return undefined;
    }
    session.socket = socket;
    for (const event of session.events) if (event.s > Number(data['seq'])) socket.send(JSON.stringify(event));
    emit(session, 'RESUMED', {});
    return session;
  };
  sockets.on('connection', (socket) => {
    let session: Session | undefined;
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 41_250 } }));
    socket.on('message', (raw: Buffer) => {
      const packet: unknown = JSON.parse(raw.toString('utf8'));
      if (!isRecord(packet)) return socket.close(4002, 'Decode error.');
      const data = isRecord(packet['d']) ? packet['d'] : {};
      if (packet['op'] === 1) socket.send(JSON.stringify({ op: 11 }));
      if (packet['op'] === 2) session = identify(socket, data);
      if (packet['op'] === 6) session = resume(socket, data);
    });
    socket.on('close', (code) => {
      if (session?.socket !== socket) return;
      session.socket = undefined;
      if (code === 1000 || code === 1001) sessions.delete(session.id);
    });
  });
  return {
    dispatch(event, data) {
      for (const session of sessions.values())
        if (event === 'INTERACTION_CREATE' || (session.intents & 1) !== 0) emit(session, event, data);
    },
    disconnect(code) {
      for (const socket of sockets.clients) socket.close(code);
    },
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
