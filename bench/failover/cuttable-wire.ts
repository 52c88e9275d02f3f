import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a server on this machine that can be cut: nothing comes through then, and no connection ends. */
export interface CuttableWire {
  readonly port: number;
  cut(): void;
  mend(): void;
  close(): void;
}

/** `hear` gets what is sent to the server. */
export async function openWire(
  to: () => number,
  hear: (chunk: Buffer) => void = () => undefined,
): Promise<CuttableWire> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    if (isCut) socket.pause();
  };
  const server = createServer((near) => {
    const far = connect(to(), '127.0.0.1');
    keep(near);
    keep(far);
    const join = (from: Socket, target: Socket) => {
      from.on('data', (chunk) => target.write(chunk));
      from.on('close', () => target.destroy());
    };
    near.on('data', hear);
    join(near, far);
    join(far, near);
    if (isCut) {
      near.pause();
      far.pause();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.pause();
    },
    mend() {
      isCut = false;
      for (const socket of sockets) socket.resume();
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
