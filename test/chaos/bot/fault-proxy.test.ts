import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { startFaultProxy } from '../../../chaos/bot/fault-proxy.ts';

it('a request that is late has its effect, although its connection is gone', async () => {
  const { promise: arrived, resolve } = Promise.withResolvers<string | undefined>();
  const server = createServer((request, response) => {
    resolve(request.url);
    response.end('{}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { promise: exchange, resolve: onExchange } =
    Promise.withResolvers<Parameters<Parameters<typeof startFaultProxy>[0]['onExchange']>[0]>();
  const proxy = await startFaultProxy({
    target: `http://127.0.0.1:${port}`,
    decide: () => ({ kind: 'late', ms: 1 }),
    onExchange,
  });

  await expect(fetch(`${proxy.url}/channels/1/messages`, { method: 'POST', body: '{}' })).rejects.toThrow(
    'fetch failed',
  );
  expect(await arrived).toBe('/channels/1/messages');
  const { fault, answer } = await exchange;
  expect(fault).toBe('late');
  expect(answer).toBeUndefined();

  await proxy.close();
  server.close();
});

it('an answer that the proxy makes up tells no date, which would be another than that of the run', async () => {
  const proxy = await startFaultProxy({
    target: 'http://127.0.0.1:1',
    decide: () => ({ kind: 'answer', status: 429, body: { retry_after: 1 } }),
    onExchange: () => undefined,
  });

  const { status, headers } = await fetch(`${proxy.url}/channels/1/messages`);

  expect(status).toBe(429);
  expect(headers.get('date')).toBeNull();
  await proxy.close();
});
