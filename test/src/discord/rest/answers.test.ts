import { Routes } from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import { asRefusal, withPatience } from '../../../../src/discord/rest/pace-requests.ts';
import {
  AnswerHeldBackError,
  AskedToWaitError,
  ForeignAnswerError,
} from '../../../../src/discord/rest/request-errors.ts';
import { systemClock } from '../../../../src/system-clock.ts';
import {
  openRest,
  type ScriptedAnswer,
  type ScriptedDiscord,
  startScriptedDiscord,
} from '../../../support/scripted-discord.ts';

const CHANNEL = Routes.channelMessages('100000000000000001');
const ANSWER = '/webhooks/100000000000000003/token/messages/@original';
const OK = { body: { id: '1' } };
const CLOUDFLARE = { status: 429, body: '<h1>Error 1015</h1>' };
const REFUSED = { status: 403, body: { code: 50_013, message: 'Missing Permissions' } };

let discord: ScriptedDiscord;
let next: () => ScriptedAnswer = () => OK;

async function open() {
  next = () => OK;
  discord = await startScriptedDiscord(() => next());
  return openRest(discord);
}
afterEach(() => discord.close());

describe('answers to interactions', () => {
  const answering = (parts: Awaited<ReturnType<typeof open>>, path: string = ANSWER) =>
    parts.makeRequest(`${discord.url}/v10${path}`, { method: 'PATCH', body: '{}' });
  const outcomeOf = (answered: ReturnType<typeof answering>) =>
    answered.then(
      ({ status }) => status,
      (error: unknown) => error instanceof Error && error.name,
    );

  it('wait for nothing, not even while everything rests', async () => {
    const parts = await open();
    parts.limiter.rest({ of: 'everything', ms: 60_000 }, {});

    expect((await answering(parts)).status).toBe(200);
    await expect(answering(parts, CHANNEL)).rejects.toThrow(AskedToWaitError);
  });

  it.each([
    ['leave once a lease that was in doubt holds again', 4, 200],
    ['are held back where another process leads', Infinity, 'AnswerHeldBackError'],
  ])('%s', async (_, doubts, outcome) => {
    await open();
    let asked = 0;
    const pace = { ...systemClock, sleep: () => Promise.resolve() };
    const parts = openRest(discord, { pace, mayAct: () => (asked += 1) > doubts });

    expect(await outcomeOf(answering(parts))).toBe(outcome);
    expect(discord.requests).toHaveLength(outcome === 200 ? 1 : 0);
  });

  it('wait for no lease once the process ends', async () => {
    await open();
    const pace = { ...systemClock, sleep: () => Promise.reject(new Error('it waits')) };
    const parts = openRest(discord, { pace, mayAct: () => false });
    parts.limiter.stop();

    await expect(answering(parts)).rejects.toThrow(AnswerHeldBackError);
  });

  it.each([
    ['leaves while the lease is in doubt', true, 200],
    ['is held back where the lease is lost', false, 'AnswerHeldBackError'],
  ])('a refusal %s', async (_, mayRefuse, outcome) => {
    await open();
    const pace = { ...systemClock, sleep: () => Promise.resolve() };
    const parts = openRest(discord, { pace, mayAct: () => false, mayRefuse: () => mayRefuse });

    const refused = asRefusal(() => answering(parts));

    expect(await outcomeOf(refused)).toBe(outcome);
    expect(discord.requests).toHaveLength(mayRefuse ? 1 : 0);
  });

  it.each([
    ['first', '/interactions/100000000000000004/token/callback', 'AnswerHeldBackError'],
    ['later', ANSWER, 200],
  ])('the %s of an interaction waits for the lease while Discord waits for it', async (_, path, outcome) => {
    await open();
    const discordWaits = new AbortController();
    let isSure = false;
    const pace = {
      ...systemClock,
      async sleep() {
        isSure = discordWaits.signal.aborted;
        discordWaits.abort();
      },
    };
    const parts = openRest(discord, { pace, mayAct: () => isSure });

    const answered = withPatience(discordWaits.signal, () => answering(parts, path));

    expect(await outcomeOf(answered)).toBe(outcome);
  });

  it('let everything else rest when they are shut out, and are not sent again without end', async () => {
    const parts = await open();
    next = () => CLOUDFLARE;

    await expect(answering(parts)).rejects.toThrow(ForeignAnswerError);
    await expect(parts.rest.post(CHANNEL, { body: {} })).rejects.toThrow(AskedToWaitError);

    expect(discord.requests).toHaveLength(1);
  });

  it('count as invalid requests, and tell the time', async () => {
    const parts = await open();
    next = () => REFUSED;

    const answer = await answering(parts);

    expect([answer.status, await answer.json()]).toEqual([403, REFUSED.body]);
    expect(parts.limiter.status().invalid).toBe(1);
    expect(parts.discordClock.timeNow()).toBeDefined();
  });

  it('leave a 429 that says how long it lasts to discord.js, and no other', async () => {
    const parts = await open();
    const limited = { status: 429, body: { message: 'Slow down', retry_after: 0.1 } };
    next = () => ({ ...limited, headers: { 'retry-after': '1' } });
    expect((await answering(parts)).status).toBe(429);

    next = () => limited;
    await expect(answering(parts)).rejects.toThrow(AskedToWaitError);
  });

  it.each([
    ['an answer', ANSWER],
    ['what a command asks', CHANNEL],
  ])('do not wait for a long 429: %s', async (_, path) => {
    const parts = await open();
    const body = { message: 'Slow down', retry_after: 3600, global: false };
    next = () => ({ status: 429, body, headers: { 'retry-after': '1' } });

    await expect(answering(parts, path)).rejects.toMatchObject({ retryAfter: 3_600_050 });
  });
});
