import { HTTPError, REST, Routes } from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import { createDiscordClock } from '../../../../src/discord/rest/discord-clock.ts';
import { paceRequests, withLastCheck } from '../../../../src/discord/rest/pace-requests.ts';
import { createLimiter } from '../../../../src/discord/rest/limiter.ts';
import { createRouteRests } from '../../../../src/discord/rest/rests.ts';
import { createMakeRequest } from '../../../../src/discord/rest/make-request.ts';
import {
  AskedToWaitError,
  ForeignAnswerError,
  HeldBackError,
  RefusedTokenError,
} from '../../../../src/discord/rest/request-errors.ts';
import { createTestLog } from '../../../support/test-log.ts';
import { systemClock } from '../../../../src/system-clock.ts';
import {
  openRest,
  type ScriptedAnswer,
  type ScriptedDiscord,
  startScriptedDiscord,
} from '../../../support/scripted-discord.ts';

const CHANNEL = Routes.channelMessages('100000000000000001');
const OTHER = Routes.channelMessages('100000000000000002');
const ANSWER = '/webhooks/100000000000000003/token/messages/@original';
const OK = { body: { id: '1' } };
const CLOUDFLARE = { status: 429, body: '<h1>Error 1015</h1>' };
const UNAUTHORIZED = { status: 401, body: { code: 0, message: '401: Unauthorized' } };

let discord: ScriptedDiscord;
let next: (path: string) => ScriptedAnswer | Promise<ScriptedAnswer> = () => OK;

async function open() {
  next = () => OK;
  discord = await startScriptedDiscord(({ path }) => next(path));
  return openRest(discord);
}
afterEach(() => discord.close());

const post = (rest: REST, route = CHANNEL) => rest.post(route, { body: {} });

describe('the last check', () => {
  it('is asked once it is the turn of the request, and holds it back', async () => {
    const { rest } = await open();
    const { promise: hold, resolve: release } = Promise.withResolvers<ScriptedAnswer>();
    next = () => hold;
    const first = post(rest);
    let asked = 0;
    let mayLeave = true;
    const check = () => {
      asked += 1;
      return mayLeave;
    };

    // discord.js sends one request of a channel after the other.
    const second = withLastCheck(check, () => post(rest));
    const elsewhere = post(rest, OTHER);
    expect(asked).toBe(0);
    mayLeave = false;
    release(OK);

    await first;
    await expect(second).rejects.toThrow(HeldBackError);
    await elsewhere;
    expect(asked).toBe(1);
    expect(discord.requests).toHaveLength(2);
  });

  it('is asked after the wait for a place, too', async () => {
    await open();
    let skipped = 0;
    const pace = {
      ...systemClock,
      monotonic: () => performance.now() + skipped,
      sleep: async (ms: number) => void (skipped += ms),
    };
    const { rest, limiter } = openRest(discord, { pace, requestsPerSecond: 1 });
    const { promise: hold, resolve: release } = Promise.withResolvers<ScriptedAnswer>();
    next = () => hold;
    const both = [post(rest), post(rest, OTHER)];
    await expect.poll(() => discord.requests.length).toBe(2);
    let mayLeave = true;
    const third = withLastCheck(
      () => mayLeave,
      () => rest.get(Routes.user()),
    ).catch((error: unknown) => error);
    await expect.poll(() => limiter.status().waiting).toBe(0);

    mayLeave = false;
    release(OK);

    await Promise.all(both);
    expect(await third).toBeInstanceOf(HeldBackError);
    expect(discord.requests).toHaveLength(2);
  });

  it('is asked again before a second try of the same task', async () => {
    const { rest } = await open();
    const isFirst = () => discord.requests.length === 0;
    const task = async () => {
      await post(rest);
      await post(rest);
    };

    await expect(withLastCheck(isFirst, task)).rejects.toThrow(HeldBackError);

    expect(discord.requests).toHaveLength(1);
  });
});

it('holds back what waits when the process stops, and lets what has left be answered', async () => {
  const { rest, limiter } = await open();
  const { promise: hold, resolve: release } = Promise.withResolvers<ScriptedAnswer>();
  next = () => hold;
  const first = post(rest);
  const second = post(rest);
  await expect.poll(() => discord.requests.length).toBe(1);

  limiter.stop();
  release(OK);

  expect(await first).toEqual({ id: '1' });
  await expect(second).rejects.toThrow(HeldBackError);
});

describe('a refusal that Discord did not write', () => {
  it.each([
    ['HTML', { status: 403, body: '<html>blocked by the proxy</html>' }],
    ['a status in place of a code', { status: 403, body: { code: 403, message: 'Forbidden' } }],
    ['a code of its own', { status: 400, body: { code: 1020, message: 'Access denied' } }],
    ['no token taken by a proxy', { status: 401, body: '<html>Who are you?</html>' }],
    ['JSON of another kind', { status: 400, body: { error: 'bad gateway config' } }],
    ['JSON that is nothing', { status: 404, body: null }],
    ['a login page elsewhere', { status: 302, body: '', headers: { location: '/login' } }],
  ])('is raised as such, and changes nothing: %s', async (_, answer) => {
    const { rest, discordClock } = await open();
    next = () => answer;

    await expect(post(rest)).rejects.toThrow(ForeignAnswerError);
    expect(discordClock.timeNow()).toBeUndefined();

    next = () => OK;
    expect(await post(rest)).toEqual({ id: '1' });
    expect(discordClock.timeNow()).toBeDefined();
  });
});

describe('a token that Discord refuses', () => {
  const openBoth = async () => {
    await open();
    const advice: string[] = [];
    const parts = openRest(discord, { onRefusedToken: (told) => void advice.push(told) });
    const { makeRequest } = parts;
    const forPeople = new REST({ api: discord.url, makeRequest }).setToken('token');
    return { ...parts, forPeople, advice };
  };

  it.each(['rest', 'forPeople'] as const)(
    'is told with what to do, and asked with again: %s',
    async (one) => {
      const { advice, [one]: rest } = await openBoth();
      next = () => UNAUTHORIZED;

      await expect(rest.get(OTHER)).rejects.toThrow(RefusedTokenError);
      expect(advice).toEqual([expect.stringContaining('into DISCORD_TOKEN')]);

      next = () => OK;
      expect(await rest.get(OTHER)).toEqual({ id: '1' });
    },
  );

  it('is not what a proxy refuses', async () => {
    const { advice, forPeople } = await openBoth();
    next = () => ({ status: 401, body: '<html>Who are you?</html>' });

    await expect(forPeople.get(OTHER)).rejects.toThrow(ForeignAnswerError);

    next = () => OK;
    expect(await forPeople.get(OTHER)).toEqual({ id: '1' });
    expect(advice).toEqual([]);
  });

  it('is not what an answer to an interaction is refused for: it carries none', async () => {
    const { advice, makeRequest } = await openBoth();
    next = () => UNAUTHORIZED;

    const answer = await makeRequest(`${discord.url}/v10${ANSWER}`, { method: 'PATCH', body: '{}' });

    expect([answer.status, advice]).toEqual([401, []]);
  });
});

describe('one request too many', () => {
  it('is not sent again, and says how long to wait', async () => {
    const { rest } = await open();
    next = () => ({ status: 429, body: { message: 'Slow down', retry_after: 3 } });

    await expect(post(rest)).rejects.toMatchObject({ name: 'AskedToWaitError', retryAfter: 3050 });
    next = () => OK;
    await post(rest, OTHER);

    expect(discord.requests).toHaveLength(2);
  });

  it.each([
    ['of the whole bot', { status: 429, body: { message: 'Slow down', retry_after: 3, global: true } }],
    ['for Cloudflare', CLOUDFLARE],
    ['by a client that Discord shuts out', { status: 403, body: { code: 40_333, message: 'internal' } }],
  ])('%s lets everything rest', async (_, answer) => {
    const { rest, limiter } = await open();
    next = () => answer;
    await expect(post(rest)).rejects.toThrow(Error);
    next = () => OK;

    await expect(post(rest, OTHER)).rejects.toThrow(AskedToWaitError);

    expect(discord.requests).toHaveLength(1);
    expect(limiter.status()).toMatchObject({ rests: 1 });
  });
});

it('keeps the limit of a route by itself, and says how long it lasts', async () => {
  const { rest } = await open();
  const headers = {
    'x-ratelimit-limit': '5',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset-after': '4',
    'x-ratelimit-bucket': 'b',
  };
  next = () => ({ ...OK, headers });
  await post(rest);
  // discord.js goes by the limits that it has seen since it learnt the name of the bucket.
  await post(rest);

  const error: unknown = await post(rest).catch((raised: unknown) => raised);

  expect(error).toBeInstanceOf(AskedToWaitError);
  expect(Number(Reflect.get(Object(error), 'retryAfter'))).toBeGreaterThan(3000);
  await post(rest, OTHER);
  expect(discord.requests).toHaveLength(3);
});

it('goes on in a channel after a second when the wall clock is set back by hours', async () => {
  const { rest } = await open();
  const headers = {
    'x-ratelimit-limit': '5',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset-after': '0.4',
    'x-ratelimit-bucket': 'b',
  };
  next = () => ({ ...OK, headers });
  await post(rest);
  await post(rest);
  const dateNow = Date.now;
  try {
    Date.now = () => dateNow() - 36_000_000;

    await expect(post(rest)).rejects.toMatchObject({ name: 'AskedToWaitError', retryAfter: 1000 });

    expect(await post(rest)).toEqual({ id: '1' });
  } finally {
    Date.now = dateNow;
  }
});

it('leaves all messages of a channel alone while one of them has to wait, and no other channel', async () => {
  await open();
  let skipped = 0;
  const readings = { ...systemClock, monotonic: () => performance.now() + skipped };
  const { rest } = openRest(discord, { readings });
  const edit = (channel: string, id: string) => rest.patch(Routes.channelMessage(channel, id), { body: {} });
  next = () => ({ status: 429, body: { message: 'Slow down', retry_after: 3, global: false } });
  await expect(edit('100000000000000001', '200000000000000001')).rejects.toThrow(AskedToWaitError);
  next = () => OK;

  await expect(edit('100000000000000001', '200000000000000002')).rejects.toThrow(AskedToWaitError);
  await edit('100000000000000002', '200000000000000003');
  expect(discord.requests).toHaveLength(2);

  skipped = 3_100;
  await edit('100000000000000001', '200000000000000002');
  expect(discord.requests).toHaveLength(3);
});

it.each(['hang', 'cut-off', 'drop'] as const)(
  'asks once when an answer does not come whole: %s',
  async (fault) => {
    discord = await startScriptedDiscord(() => fault);
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const limiter = createLimiter({ clock: systemClock, log, requestsPerSecond: 48 });
    const parts = {
      limiter,
      routes: createRouteRests(systemClock),
      discordClock: createDiscordClock(systemClock, createTestLog().log),
      make: createMakeRequest(),
      mayAct: () => true,
    };

    await expect(paceRequests(parts, 100)(`${discord.url}/v10/x`, { method: 'POST' })).rejects.toThrow(Error);

    expect(discord.requests).toHaveLength(1);
  },
);

it('leaves a failing server to discord.js', async () => {
  const { rest } = await open();
  next = () => ({ status: 500, body: { code: 50_013, message: 'Missing Permissions' } });

  await expect(post(rest)).rejects.toThrow(HTTPError);
});
