import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { partOf } from '../http/form.ts';
import type { Session } from './gateway-sessions.ts';
import { createIdentify, GUILDS_INTENT, type IdentifyOptions, type IdentifyRefusal } from './identify.ts';
import type { SessionLimits } from './session-limits.ts';
import { guildIdOf, isOnShard } from './shards.ts';
import { isRecord, type JsonRecord } from '../state.ts';
import type { World } from '../world.ts';

export interface Gateway {
  dispatch(event: string, data: unknown): void;
  /** Ends all connections with a close code; 1006 ends them without one. */
  disconnect(code: number): void;
  /** Asks the clients to come again (op 7). */
  reconnect(): void;
  /** Tells that the session cannot go on, or that it can be resumed (op 9). */
  invalidate(resumable: boolean): void;
  /** Nobody can resume a session of now. */
  forgetSessions(): void;
  /** The present connections stay open, but nothing is heard from them any more, not even heartbeats. */
  goSilent(): void;
  /** Sends a text as it is, also one that is no packet. */
  sendRaw(text: string): void;
  /** What `GET /gateway/bot` recommends and allows from now on. */
  setLimits(change: Partial<SessionLimits>): void;
  limits(): Readonly<SessionLimits>;
  /** How often a client has tried to begin a session. */
  identifies(): number;
  /** Refuses who begins a session; the function given back ends that. */
  refuseIdentify(refusal?: IdentifyRefusal): () => void;
  close(): void;
}
export interface GatewayOptions extends IdentifyOptions {
  readonly heartbeatMs?: number;
}

const DISPATCHED = 'INTERACTION_CREATE';
const OP = { heartbeat: 1, identify: 2, resume: 6, reconnect: 7, invalid: 9, hello: 10, ack: 11 };
/** After these a session cannot be resumed: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway */
const ENDING: readonly number[] = [1000, 1001, 4007, 4009];

const write = (socket: WebSocket, op: number, d?: unknown) => socket.send(JSON.stringify({ op, d }));

/** https://discord.com/developers/docs/events/gateway */
export function startGateway(server: Server, options: GatewayOptions): Gateway {
  const { world, heartbeatMs = 41_250 } = options;
  const sockets = new WebSocketServer({ server });
  const sessions = new Map<string, Session>();
  const { identify, refuse, count } = createIdentify(options);
  const silent = new WeakSet<WebSocket>();

  sockets.on('connection', (socket) => {
    let session: Session | undefined;
    write(socket, OP.hello, { heartbeat_interval: heartbeatMs });
    socket.on('message', (raw: Buffer) => {
      if (silent.has(socket)) return;
      const packet: unknown = JSON.parse(raw.toString('utf8'));
      if (!isRecord(packet)) return socket.close(4002, 'Decode error.');
      if (packet['op'] === OP.heartbeat) {
        session?.acknowledge(Number(packet['d'] ?? 0));
        write(socket, OP.ack);
      }
      if (packet['op'] === OP.identify) session = identify(socket, partOf(packet['d']));
      if (packet['op'] === OP.resume) session = resume(sessions, world, socket, partOf(packet['d']));
      if (session !== undefined) sessions.set(session.id, session);
    });
    socket.on('close', (code) => {
      if (session?.socket !== socket) return;
      session.socket = undefined;
      if (ENDING.includes(code)) sessions.delete(session.id);
    });
  });

  const each = (act: (socket: WebSocket) => void) => {
    for (const socket of sockets.clients) act(socket);
  };
  return {
    dispatch(event, data) {
      if (!isHeard(world, event, data)) return;
      for (const session of sessions.values()) {
        if (!isOnShard(guildIdOf(event, data), session.shard)) continue;
        if (event === DISPATCHED || (session.intents & GUILDS_INTENT) !== 0) session.emit(event, data);
      }
    },
    disconnect: (code) => each((socket) => (code === 1006 ? socket.terminate() : socket.close(code))),
    reconnect: () => each((socket) => write(socket, OP.reconnect, null)),
    invalidate(resumable) {
      for (const session of sessions.values()) session.socket = undefined;
      if (!resumable) sessions.clear();
      each((socket) => write(socket, OP.invalid, resumable));
    },
    forgetSessions: () => sessions.clear(),
    goSilent() {
      for (const session of sessions.values()) session.socket = undefined;
      each((socket) => silent.add(socket));
    },
    setLimits: options.starts.set,
    limits: options.starts.limits,
    identifies: count,
    refuseIdentify: (refusal = {}) => refuse(refusal),
    sendRaw: (text) => each((socket) => socket.send(text)),
    close() {
      each((socket) => socket.terminate());
      sockets.close();
    },
  };
}

/** The bot hears nothing of guilds that it is not in, but for what people there ask of it. */
function isHeard({ state }: World, event: string, data: unknown): boolean {
  const guildId = partOf(data)['guild_id'];
  if (event === DISPATCHED || typeof guildId !== 'string') return true;
  return state.guilds[guildId]?.members[state.bot.id] !== undefined;
}

function resume(
  sessions: ReadonlyMap<string, Session>,
  world: World,
  socket: WebSocket,
  data: JsonRecord,
): Session | undefined {
  const session = sessions.get(String(data['session_id']));
  if (session === undefined || data['token'] !== world.token) {
    write(socket, OP.invalid, false);
    return undefined;
  }
  session.replay(socket, Number(data['seq']));
  session.emit('RESUMED', {});
  return session;
}
