import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { Shard } from './shards.ts';

interface Event {
  readonly op: 0;
  readonly s: number;
  readonly t: string;
  readonly d: unknown;
}
/** A session outlives its connection: what happens meanwhile is sent when the client resumes. */
export interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: Shard;
  socket: WebSocket | undefined;
  emit(type: string, data: unknown): void;
  /** Sends again what the client has not seen. */
  replay(socket: WebSocket, sequence: number): void;
  /** The client has all up to here. */
  acknowledge(sequence: number): void;
}

export function createSession(socket: WebSocket, intents: number, shard: Shard): Session {
  let events: Event[] = [];
  let sequence = 0;
  const session: Session = {
    id: randomUUID(),
    intents,
    shard,
    socket,
    emit(t, d) {
      sequence += 1;
      const event: Event = { op: 0, s: sequence, t, d: structuredClone(d) };
      events.push(event);
      session.socket?.send(JSON.stringify(event));
    },
    replay(next, from) {
      session.socket = next;
      for (const event of events) if (event.s > from) next.send(JSON.stringify(event));
    },
    acknowledge(to) {
      events = events.filter(({ s }) => s > to);
    },
  };
  return session;
}
