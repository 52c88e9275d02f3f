import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { openWire } from '../../../playground/postgres/cuttable-wire.ts';

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server that is spoken to through a wire. */
async function openBoth() {
  const sockets: Socket[] = [];
  const got: string[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('data', (chunk) => got.push(chunk.toString()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const heard: string[] = [];
  const wire = await openWire(
    () => port,
    (chunk) => heard.push(chunk.toString()),
  );
  const client = connect(wire.port, '127.0.0.1');
  await once(client, 'connect');
  let isClosed = false;
  client.on('close', () => (isClosed = true));
  closing.push(() => {
    client.destroy();
    wire.close();
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { wire, client, got, heard, sockets, isClosed: () => isClosed };
}

it('what is sent while the wire is cut is heard at once, and comes through in its order when it is mended', async () => {
  const { wire, client, got, heard } = await openBoth();
  client.write('one ');
  await expect.poll(() => got.join('')).toBe('one ');

  wire.cut();
  client.write('two ');
  await setTimeout(20);
  client.write('three');
  await expect.poll(() => heard.join('')).toBe('one two three');
  expect(got.join('')).toBe('one ');
  wire.mend();

  await expect.poll(() => got.join('')).toBe('one two three');
});

it('a connection that the server ends while the wire is cut ends for the other side when it is mended', async () => {
  const { wire, client, got, sockets, isClosed } = await openBoth();
  client.write('hello');
  await expect.poll(() => got.length).toBe(1);

  wire.cut();
  for (const socket of sockets) socket.destroy();
  await setTimeout(50);
  expect(isClosed()).toBe(false);
  wire.mend();

  await expect.poll(isClosed).toBe(true);
});
