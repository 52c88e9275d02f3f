import { DiscordAPIError, HTTPError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import {
  AskedToWaitError,
  ForeignAnswerError,
  RefusedTokenError,
} from '../../../../src/discord/rest/request-errors.ts';
import { keepTrying } from '../../../../src/discord/rest/keep-trying.ts';
import { createScriptedClock, letRun } from '../../../support/scripted-clock.ts';

const BODY = { body: undefined, files: undefined };
const refused = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const apiError = (status: number, code = 0) =>
  new DiscordAPIError({ code, message: 'no' }, code, status, 'GET', '/gateway/bot', BODY);

function open(...failures: readonly Error[]) {
  const clock = createScriptedClock(0);
  const left = [...failures];
  const tries: number[] = [];
  const warned: object[] = [];
  const stopping = new AbortController();
  const start = async () => {
    tries.push(clock.now());
    const failure = left.shift();
    if (failure !== undefined) throw failure;
    return 'started';
  };
  const log = {
    info: () => undefined,
    warn: (fields: object) => void warned.push(fields),
    error: () => undefined,
  };
  const patience = { clock, random: () => 0.5, log, signal: stopping.signal };
  const started = keepTrying(start, { ...patience, message: 'trying again' });
  started.catch(() => undefined);
  return { clock, tries, warned, stopping, started };
}

it('starts once Discord can be reached, waiting longer each time', async () => {
  const { clock, tries, warned, started } = open(refused(), refused(), refused());

  await letRun();
  await clock.passTo(60_000);

  expect(await started).toBe('started');
  expect(tries).toEqual([0, 1500, 4500, 10_500]);
  expect(warned[0]).toEqual({ delay: 1500, reason: 'connect ECONNREFUSED' });
});

describe('what passes', () => {
  it.each([
    ['no name for the host', Object.assign(new Error('no'), { code: 'ENOTFOUND' })],
    ['an error under another one', new TypeError('fetch failed', { cause: refused() })],
    ['a time-out', Object.assign(new Error('late'), { name: 'AbortError' })],
    ['a connection that breaks', Object.assign(new Error('gone'), { code: 'UND_ERR_SOCKET' })],
    ['all addresses failing', new AggregateError([refused()])],
    ['a failing server', new HTTPError(503, 'no', 'GET', '/', BODY)],
    ['too many requests', apiError(429)],
    ['being asked to wait', new AskedToWaitError(1000)],
    ['a refusal of a proxy', new ForeignAnswerError(403)],
    ['an answer that breaks off', new Error('the answer broke off', { cause: refused() })],
  ])('%s is tried again', async (_, error) => {
    const { clock, started } = open(error);

    await letRun();
    await clock.passTo(5000);

    expect(await started).toBe('started');
  });

  it.each([
    ['a refused token', new RefusedTokenError()],
    ['a bot that is forbidden', apiError(403, 40_001)],
    ['a token of no shape', Object.assign(new Error('An invalid token'), { code: 'TokenInvalid' })],
    ['a bug', new TypeError('x is not a function')],
    ['a file that is missing', Object.assign(new Error('no such file'), { code: 'ENOENT' })],
  ])('%s is raised', async (_, error) => {
    const { tries, started } = open(error);

    await expect(started).rejects.toBe(error);

    expect(tries).toHaveLength(1);
  });
});

it('gives up at once when the process is to stop', async () => {
  const { tries, stopping, started } = open(refused(), refused());
  await letRun();

  stopping.abort();

  await expect(started).rejects.toThrow('ECONNREFUSED');
  expect(tries).toHaveLength(1);
});
