import { createServer, type RequestListener } from 'node:http';
import { MockAgent } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceError } from '../../../src/errors.ts';
import {
  type Allowance,
  createHttpClient,
  type HttpClientOptions,
  type RateLimit,
} from '../../../src/sources/http-client.ts';

const ORIGIN = 'https://papers.example';
const URL_OF_LIST = new URL(`${ORIGIN}/list`);

let agent: MockAgent;
let waits: number[];
let learnt: RateLimit[];

beforeEach(() => {
  agent = new MockAgent();
  agent.disableNetConnect();
  waits = [];
  learnt = [];
});
afterEach(() => agent.close());

function createRealClient() {
  return createHttpClient({
    source: 'Example',
    version: '1.2.3',
    clock: { now: () => 0, monotonic: () => 0, sleep: async () => {} },
    random: () => 0.5,
  });
}

function createClient(options: Partial<HttpClientOptions> = {}) {
  return createHttpClient({
    source: 'Example',
    version: '1.2.3',
    clock: {
      now: () => 0,
      monotonic: () => 0,
      sleep: async (ms) => {
        waits.push(ms);
      },
    },
    random: () => 0.5,
    dispatcher: agent,
    ...options,
  });
}

/** As patient as collecting is. */
const allowance: Allowance = {
  take: () => 0,
  learn: (limit) => void learnt.push(limit),
  attempts: 4,
  patienceMs: 360_000,
};

function answer(status: number, body: string, headers: Record<string, string> = {}) {
  return agent.get(ORIGIN).intercept({ path: '/list' }).reply(status, body, { headers });
}

async function serve(listener: RequestListener): Promise<{ url: URL; close: () => void }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: new URL(`http://127.0.0.1:${port}/list`),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function failureOf(promise: Promise<unknown>): Promise<SourceError> {
  return promise.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: SourceError) => error,
  );
}

describe('an answer', () => {
  it('is read as JSON, with its link', async () => {
    answer(200, '{"a":[1]}', { Link: '</list?p=1>; rel="next"' });

    expect(await createClient().getJson(URL_OF_LIST, { allowance })).toEqual({
      status: 200,
      body: { a: [1] },
      link: '</list?p=1>; rel="next"',
    });
  });

  it('below 500 is left to the caller, JSON or not', async () => {
    answer(404, '<html>Not here</html>');

    expect(await createClient().getJson(URL_OF_LIST, { allowance })).toMatchObject({
      status: 404,
      body: undefined,
    });
    expect(waits).toEqual([]);
  });

  it('of status 200 that is not JSON is refused', async () => {
    answer(200, '<html>Sign in</html>');

    expect((await failureOf(createClient().getJson(URL_OF_LIST, { allowance }))).reason).toBe('bad-response');
  });

  it('that is too large is refused, without reading all of it', async () => {
    const server = await serve((_request, response) => {
      const chunk = '1'.repeat(1024 * 1024);
      const write = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', write);
      write();
    });

    const error = await failureOf(createRealClient().getJson(server.url, { allowance }));
    server.close();

    expect(error.reason).toBe('too-large');
  });
});

it('is asked for under the name and version of this bot', async () => {
  agent
    .get(ORIGIN)
    .intercept({ path: '/list', headers: { 'user-agent': 'paperboy/1.2.3' } })
    .reply(200, '[]');

  expect(await createClient().getJson(URL_OF_LIST, { allowance })).toMatchObject({ status: 200 });
});

describe('the token', () => {
  it('goes out as a header', async () => {
    agent
      .get(ORIGIN)
      .intercept({ path: '/list', headers: { authorization: 'Bearer hf_secret' } })
      .reply(200, '[]');

    expect(await createClient().getJson(URL_OF_LIST, { allowance, token: 'hf_secret' })).toMatchObject({
      body: [],
    });
  });

  it('is in no error', async () => {
    agent.get(ORIGIN).intercept({ path: '/list' }).replyWithError(new Error('connect ECONNREFUSED')).times(4);

    const error = await failureOf(createClient().getJson(URL_OF_LIST, { allowance, token: 'hf_secret' }));

    expect(error.cause).toMatchObject({ message: 'connect ECONNREFUSED' });
    expect(JSON.stringify([error.message, error.stack, error.cause, Object.entries(error)])).not.toContain(
      'hf_secret',
    );
  });
});

describe('a retry', () => {
  it('waits as long as RateLimit says after a 429, and a little more', async () => {
    answer(429, '', { RateLimit: '"api";r=0;t=42', 'Retry-After': '7' });
    answer(200, '[]');

    expect(await createClient().getJson(URL_OF_LIST, { allowance })).toMatchObject({ status: 200 });
    expect(waits).toEqual([43_500]);
  });

  it.each([429, 503])('waits as long as Retry-After says after a %d', async (status) => {
    answer(status, '', { 'Retry-After': '7' });
    answer(200, '[]');

    await createClient().getJson(URL_OF_LIST, { allowance });

    expect(waits).toEqual([8_500]);
  });

  it('does not take the end of the rate window for a wait when the server failed', async () => {
    answer(502, '', { RateLimit: '"api";r=499;t=280' });
    answer(200, '[]');

    await createClient().getJson(URL_OF_LIST, { allowance });

    expect(waits).toEqual([1_500]);
  });

  it('is not tried when the wait would be too long', async () => {
    answer(429, '', { 'Retry-After': '3600' });

    expect((await failureOf(createClient().getJson(URL_OF_LIST, { allowance }))).reason).toBe('rate-limited');
    expect(waits).toEqual([]);
  });

  it('backs off, and gives up after four attempts', async () => {
    answer(500, 'oops').times(4);

    expect((await failureOf(createClient().getJson(URL_OF_LIST, { allowance }))).reason).toBe('server-error');
    expect(waits).toEqual([1_500, 3_000, 6_000]);
  });

  it('follows an answer that was cut off', async () => {
    let requests = 0;
    const server = await serve((_request, response) => {
      requests += 1;
      if (requests > 1) {
        response.end('[1]');
      } else {
        response.writeHead(200, { 'content-length': '100' });
        response.write('[1');
        setTimeout(() => response.destroy(), 5);
      }
    });

    const result = await createRealClient().getJson(server.url, { allowance });
    server.close();

    expect(result.body).toEqual([1]);
    expect(requests).toBe(2);
  });

  it('follows a time-out', async () => {
    answer(200, '[]').delay(500).times(4);

    const error = await failureOf(createClient({ timeoutMs: 5 }).getJson(URL_OF_LIST, { allowance }));

    expect(error.reason).toBe('timeout');
    expect(waits).toHaveLength(3);
  });
});

describe('an aborted signal', () => {
  it('ends the wait with its reason', async () => {
    const controller = new AbortController();
    const reason = new Error('stopping');
    answer(503, '');
    const client = createClient({
      clock: {
        now: () => 0,
        monotonic: () => 0,
        sleep: async () => {
          controller.abort(reason);
        },
      },
    });

    await expect(client.getJson(URL_OF_LIST, { allowance, signal: controller.signal })).rejects.toBe(reason);
  });

  it('is a failure of the source where it is a time-out', async () => {
    answer(200, '[]').delay(500);
    const signal = AbortSignal.timeout(5);

    const error = await failureOf(createClient().getJson(URL_OF_LIST, { allowance, signal }));

    expect(error).toMatchObject({ name: 'SourceError', reason: 'timeout' });
  });
});

describe('an allowance', () => {
  it('learns what every answer says of the limit', async () => {
    const policy = { 'RateLimit-Policy': '"fixed window";"api";q=500;w=300' };
    answer(502, '', { RateLimit: '"api";r=7;t=280', ...policy });
    answer(429, '', { 'Retry-After': '7' });
    answer(429, '');
    answer(200, '[]', { RateLimit: '"api";r=499;t=300', ...policy });

    await createClient().getJson(URL_OF_LIST, { allowance });

    expect(learnt).toEqual([
      { left: 7, resetMs: 280_000, quota: 500 },
      { left: 0, resetMs: 7_000 },
      { left: 0, resetMs: 60_000 },
      { left: 499, resetMs: 300_000, quota: 500 },
    ]);
  });

  it('makes a request wait', async () => {
    answer(200, '[]');
    const left = [30_000, 5_000, 0];

    await createClient().getJson(URL_OF_LIST, { allowance: { ...allowance, take: () => left.shift() ?? 0 } });

    expect(waits).toEqual([30_000, 5_000]);
  });

  it('that is used up for longer than anybody waits refuses it, and sends nothing', async () => {
    const usedUp = { ...allowance, take: () => 3_000, patienceMs: 2_000 };

    const error = await failureOf(createClient().getJson(URL_OF_LIST, { allowance: usedUp }));

    expect(error.reason).toBe('busy');
    expect(waits).toEqual([]);
  });
});
