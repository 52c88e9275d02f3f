import { RateLimitError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { createInvalidRequests } from '../../../../src/discord/rest/invalid-requests.ts';
import { limitPosting, watchAnswers } from '../../../../src/discord/rest/limit-requests.ts';
import { createPostingLanes } from '../../../../src/discord/rest/posting-lanes.ts';
import { createScriptedClock, letRun } from '../../../support/scripted-clock.ts';

const MESSAGES = 'https://discord.com/api/v10/channels/100000000000000001/messages';
const OTHER = 'https://discord.com/api/v10/channels/100000000000000002/messages';

type Scripted = () => Promise<Response>;

function open(answer: Scripted = ok, { most = 10 } = {}) {
  const clock = createScriptedClock(0);
  const lanes = createPostingLanes(clock, 48);
  const logged: string[] = [];
  const log = (level: string) => (_: object, message: string) => void logged.push(`${level}: ${message}`);
  const limits = {
    clock,
    lanes,
    invalid: createInvalidRequests(clock, most),
    log: { info: log('info'), warn: log('warn'), error: log('error') },
  };
  const instants: number[] = [];
  let next = answer;
  const make = async () => {
    instants.push(clock.now());
    const response = await next();
    const { status, statusText, headers } = response;
    const text = await response.text();
    return {
      status,
      statusText,
      headers,
      ok: response.ok,
      body: null,
      bodyUsed: false,
      text: async () => text,
      json: async () => JSON.parse(text),
      arrayBuffer: async () => Buffer.from(text).buffer,
    };
  };
  return {
    clock,
    lanes,
    logged,
    instants,
    answerWith: (scripted: Scripted) => {
      next = scripted;
    },
    post: (url = MESSAGES) => limitPosting(limits, make)(url, { method: 'POST' }),
    posting: limitPosting(limits, make),
    answering: watchAnswers(limits, make),
  };
}

const ok: Scripted = async () => Response.json({ id: '1' });
const refuse =
  (status: number, body: object, headers: Record<string, string> = {}): Scripted =>
  async () =>
    Response.json(body, { status, headers });
const cloudflare: Scripted = async () => new Response('<html>1015</html>', { status: 429 });

async function retryAfterOf(request: Promise<unknown>): Promise<number | undefined> {
  const error = await request.catch((raised: unknown) => raised);
  return error instanceof RateLimitError ? error.retryAfter : undefined;
}

it('never has more than 49 requests in any second of the other side, however long the way is', async () => {
  const { clock, posting, answerWith } = open();
  const arrivals: number[] = [];
  answerWith(async () => {
    await clock.sleep(10 + ((arrivals.length * 7919) % 180));
    arrivals.push(clock.now());
    await clock.sleep(5);
    return Response.json({});
  });

  for (let index = 0; index < 400; index += 1) void posting(MESSAGES, { method: 'POST' });
  await letRun();
  await clock.passTo(20_000);

  expect(arrivals).toHaveLength(400);
  const busiest = Math.max(
    ...arrivals.map((from) => arrivals.filter((at) => at >= from && at < from + 1000).length),
  );
  expect(busiest).toBeLessThanOrEqual(49);
  expect(busiest).toBeGreaterThan(40);
});

it('sends 48 in a second over a steady way', async () => {
  const { clock, instants, posting, answerWith } = open();
  answerWith(async () => {
    await clock.sleep(30);
    return Response.json({});
  });

  for (let index = 0; index < 480; index += 1) void posting(MESSAGES, { method: 'POST' });
  await letRun();
  await clock.passTo(30_000);

  expect(instants).toHaveLength(480);
  expect(Math.max(...instants)).toBeLessThan(10_200);
});

describe('one request too many', () => {
  it('is not tried again, and says how long to wait', async () => {
    const { instants, post } = open(refuse(429, { retry_after: 3 }, { 'x-ratelimit-scope': 'shared' }));

    expect(await retryAfterOf(post())).toBe(3050);

    expect(instants).toHaveLength(1);
  });

  it('of one channel leaves the others alone', async () => {
    const { post, answerWith, clock } = open(refuse(429, { code: 20_028, retry_after: 30 }));
    await post().catch(() => undefined);
    answerWith(ok);

    const answer = post(OTHER);
    await clock.passTo(1);

    expect((await answer).status).toBe(200);
  });
});

describe('when Discord shuts the bot out', () => {
  it.each([
    ['by Cloudflare', cloudflare],
    ['for its client', refuse(403, { code: 40_333, message: 'internal network error' })],
  ])('%s, nothing more goes out for ten minutes', async (_, answer) => {
    const { clock, instants, answerWith, post, logged } = open(answer);
    await post().catch(() => undefined);
    answerWith(ok);

    await clock.passTo(60_000);
    expect(await retryAfterOf(post(OTHER))).toBe(540_000);
    await clock.passTo(600_000);

    expect((await post(OTHER)).status).toBe(200);
    expect(instants).toEqual([0, 600_000]);
    expect(logged).toEqual(['warn: Discord wants a rest']);
  });

  it('while it answers an interaction, digests rest too, and it does not try again without end', async () => {
    const { instants, answering, post } = open(cloudflare);

    expect(await retryAfterOf(answering(MESSAGES, { method: 'PATCH' }))).toBe(600_000);
    expect(await retryAfterOf(post())).toBe(600_000);

    expect(instants).toHaveLength(1);
  });
});

it('reads the body of a refusal, and hands it on', async () => {
  const { post } = open(refuse(403, { code: 50_013, message: 'Missing Permissions' }));

  const answer = await post();

  expect([answer.status, await answer.json()]).toEqual([
    403,
    { code: 50_013, message: 'Missing Permissions' },
  ]);
});

it('counts refusals of all clients, and sends nothing for a while after too many, with an error in the log', async () => {
  const { clock, instants, post, answering, logged } = open(refuse(403, { code: 50_013 }), { most: 4 });

  await post();
  await clock.passTo(60_000);
  await answering(MESSAGES, { method: 'POST' });
  await post();
  await answering(MESSAGES, { method: 'POST' });
  const refused = await retryAfterOf(post());

  expect(refused).toBe(540_000);
  expect(instants).toHaveLength(4);
  expect(logged).toEqual(['error: too many requests were refused; nothing is sent for a while']);
});
