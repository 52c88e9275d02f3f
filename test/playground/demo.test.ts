import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';

let port: number;
const taken = createServer();

beforeEach(async () => {
  taken.listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterEach(() => taken.close());

async function runDemo(...options: readonly string[]) {
  const demo = spawn(process.execPath, ['playground/demo.ts', ...options]);
  const [said, [code]] = await Promise.all([text(demo.stderr), once(demo, 'exit')]);
  return { said, code };
}

it('says what to do when another program has the port', async () => {
  expect(await runDemo('--port', String(port))).toEqual({
    said: `Port ${port} is in use. Stop what runs there, or choose another port: npm run demo -- --port 8081\n`,
    code: 1,
  });
});

it('says what a port is when it is given something else', async () => {
  expect(await runDemo('--port', 'here')).toEqual({
    said: '--port takes a number, as in: npm run demo -- --port 8081\n',
    code: 1,
  });
});
