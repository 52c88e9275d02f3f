import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a server on this machine that can be cut: nothing comes through then, and no connection ends. */
export interface CuttableWire {
  readonly port: number;
  cut(): void;
  /** What was held up comes through now, in its order. */
  mend(): void;
  close(): void;
}

/** `hear` gets what is sent to the server, when it is sent. */
export async function openWire(
  to: () => number,
  hear: (chunk: Buffer) => void = () => undefined,
): Promise<CuttableWire> {
  const sockets = new Set<Socket>();
  const held: (() => void)[] = [];
  let isCut = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const pass = (act: () => void) => {
    if (isCut) held.push(act);
    else act();
  };
  const join = (from: Socket, target: Socket) => {
    from.on('data', (chunk) => pass(() => target.write(chunk)));
    from.on('close', () => pass(() => target.destroy()));
  };
  const server = createServer((near) => {
    const far = connect(to(), '127.0.0.1');
    keep(near);
    keep(far);
    near.on('data', hear);
    join(near, far);
    join(far, near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut() {
      isCut = true;
    },
    mend() {
      isCut = false;
      for (const act of held.splice(0)) act();
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
