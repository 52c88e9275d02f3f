import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { REST, Routes } from 'discord.js';
import { afterEach, expect, it } from 'vitest';
import { createMakeRequest } from '../../../../src/discord/rest/make-request.ts';
import { HeldBackError } from '../../../../src/discord/rest/request-errors.ts';

const MB = 1024 * 1024;

let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

async function serve(listener: RequestListener): Promise<{ url: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  server = createServer((request, response) => {
    requests.push(request);
    listener(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('There is no address.');
  return { url: `http://127.0.0.1:${address.port}`, requests };
}

it('sends what discord.js asks for, and gives the answer, which can be read again', async () => {
  const got: unknown[] = [];
  const { url } = await serve((request, response) => {
    got.push(request.method, request.url, request.headers['authorization'], text(request));
    response.writeHead(201, { 'content-type': 'application/json', 'X-Two': ['a', 'b'] });
    response.write('{"name":"Größe ');
    setTimeout(() => response.end('▲"}'), 10);
  });

  const answer = await createMakeRequest()(`${url}/api/v10/channels/1/messages?limit=2`, {
    method: 'POST',
    headers: { authorization: 'Bot token' },
    body: '{"content":"▲"}',
  });

  expect(await Promise.all(got)).toEqual([
    'POST',
    '/api/v10/channels/1/messages?limit=2',
    'Bot token',
    '{"content":"▲"}',
  ]);
  expect([answer.status, answer.statusText, answer.ok]).toEqual([201, 'Created', true]);
  expect(answer.headers.get('X-TWO')).toBe('a, b');
  expect(await answer.json()).toEqual({ name: 'Größe ▲' });
  expect(await answer.text()).toBe('{"name":"Größe ▲"}');
});

it('gives an answer without a body', async () => {
  const { url } = await serve((_, response) => response.writeHead(204).end());

  const answer = await createMakeRequest()(url, { method: 'DELETE' });

  expect([answer.status, answer.ok, await answer.text()]).toEqual([204, true, '']);
});

it('gives up on an answer that stops in the middle once discord.js has waited long enough, and asks once', async () => {
  const { url, requests } = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"id":');
  });
  const rest = new REST({ api: url, makeRequest: createMakeRequest(), timeout: 100, retries: 3 });

  await expect(rest.setToken('token').get(Routes.user())).rejects.toThrow('the answer broke off');

  expect(requests).toHaveLength(1);

  const [request] = requests;
  if (request?.socket.destroyed === false) await once(request.socket, 'close');
  expect(request?.socket.destroyed).toBe(true);
});

it('raises for an answer that is cut off', async () => {
  const { url } = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"id":');
    setTimeout(() => response.destroy(), 10);
  });

  await expect(createMakeRequest()(url, {})).rejects.toMatchObject({
    message: 'the answer broke off',
    cause: { code: 'UND_ERR_SOCKET' },
  });
});

it('raises where nobody listens', async () => {
  const { url } = await serve(() => undefined);
  server?.close();

  await expect(createMakeRequest()(url, {})).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

it('takes no answer of any size', async () => {
  const { url } = await serve((_, response) => {
    response.writeHead(200);
    for (let sent = 0; sent < 20; sent += 1) response.write(Buffer.alloc(MB));
    response.end();
  });

  await expect(createMakeRequest()(url, {})).rejects.toMatchObject({
    cause: { message: 'the answer is too large' },
  });
});

it('sends nothing for a signal that was aborted before', async () => {
  const { url, requests } = await serve((_, response) => response.end());
  const given = AbortSignal.abort(new Error('given up'));

  await expect(createMakeRequest()(`${url}/never`, { signal: given })).rejects.toThrow('given up');

  expect(requests).toEqual([]);
});

it('follows nobody elsewhere', async () => {
  const { url, requests } = await serve((_, response) =>
    response.writeHead(302, { location: '/login' }).end(),
  );

  expect((await createMakeRequest()(url, { method: 'POST', body: '{}' })).status).toBe(302);
  expect(requests).toHaveLength(1);
});

it('sends files', async () => {
  const bodies: Promise<string>[] = [];
  const { url, requests } = await serve((request, response) => {
    bodies.push(text(request));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"1"}');
  });
  const rest = new REST({ api: url, makeRequest: createMakeRequest(), retries: 0 }).setToken('token');
  const files = [{ name: 'papers.bib', data: Buffer.from('@article{ada}'), contentType: 'text/plain' }];

  await rest.post(Routes.channelMessages('100000000000000001'), { body: { content: 'Here' }, files });

  expect(requests[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  expect(await bodies[0]).toContain('@article{ada}');
  expect(await bodies[0]).toContain('{"content":"Here"}');
});

it('asks whether it may leave once the connection is there, and writes nothing otherwise', async () => {
  const { url, requests } = await serve((_request, response) => response.end('{}'));
  const make = createMakeRequest();
  const ask = (mayLeave: boolean) => make(`${url}/x`, { method: 'POST', body: '{}' }, () => mayLeave);

  expect((await ask(true)).status).toBe(200);
  await expect(ask(false)).rejects.toThrow(HeldBackError);
  expect((await ask(true)).status).toBe(200);

  expect(requests.length).toBe(2);
});
