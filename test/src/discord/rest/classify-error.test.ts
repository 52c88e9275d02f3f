import { DiscordAPIError, HTTPError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { classifyError, classifyRefusal } from '../../../../src/discord/rest/classify-error.ts';
import {
  AskedToWaitError,
  ForeignAnswerError,
  HeldBackError,
} from '../../../../src/discord/rest/request-errors.ts';

const BODY = { body: undefined, files: undefined };

it.each([
  ['gone', 404, [10_003, 10_004, 10_013, 10_015]],
  ['gone', 400, [50_027]],
  ['blocked', 403, [50_001, 50_013, 50_009, 50_083, 50_024, 160_005, 0, 99_999]],
  ['blocked', 400, [50_008, 40_067, 50_024, 160_006]],
  ['dms-closed', 403, [50_007, 50_278]],
  ['dms-closed', 400, [50_033]],
  ['content', 400, [50_035, 50_006, 50_109, 40_005, 240_000, 200_000, 200_001, 0, 99_999]],
  ['content', 413, [40_005, 0]],
  ['failed', 403, [40_003, 40_004, 40_006, 40_333]],
  ['failed', 400, [40_004, 40_006, 40_062, 130_000, 20_016, 10_087]],
  ['failed', 429, [0, 20_016, 20_028, 20_029, 40_062, 130_000, 50_001]],
  ['failed', 404, [0]],
  ['fatal', 401, [0, 40_001, 50_014]],
  ['fatal', 403, [40_001, 50_014]],
] as const)('says %s for status %i and its codes', (kind, status, codes) => {
  for (const code of codes) expect([code, classifyRefusal(status, code, '').kind]).toEqual([code, kind]);
});

it('says what to do about a token that is refused', () => {
  expect(classifyRefusal(401, 0, '401: Unauthorized')).toEqual({
    kind: 'fatal',
    message: expect.stringMatching(
      /^Discord does not take the token\. Copy .* \(It answered: 401: Unauthorized\)$/u,
    ),
  });
});

it('waits long after opening direct messages too fast, and when shut out', () => {
  expect(classifyRefusal(400, 40_003, '')).toMatchObject({ retryAfterMs: 1_800_000 });
  expect(classifyRefusal(403, 40_333, '')).toMatchObject({ retryAfterMs: 600_000 });
});

describe('an error', () => {
  it.each([
    [
      'a refusal',
      new DiscordAPIError({ code: 50_013, message: 'No' }, 50_013, 403, 'POST', '/', BODY),
      'blocked',
    ],
    ['a failing server', new HTTPError(503, 'no', 'POST', '/', BODY), 'unclear'],
    [
      'a failing server that has a code',
      new DiscordAPIError({ code: 50_013, message: '' }, 50_013, 500, '', '', BODY),
      'unclear',
    ],
    ['a refusal of somebody else', new ForeignAnswerError(403), 'unclear'],
    ['no connection', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), 'unclear'],
    ['an answer that makes no sense', new SyntaxError('Unexpected token'), 'unclear'],
    ['one that was held back', new HeldBackError(), 'held-back'],
    ['one that is to wait', new AskedToWaitError(10), 'failed'],
  ])('of %s is %s', (_, error, kind) => {
    expect(classifyError(error).kind).toBe(kind);
  });

  it('that says how long to wait keeps that', () => {
    expect(classifyError(new AskedToWaitError(10.5))).toMatchObject({ retryAfterMs: 11 });
    expect(classifyError(new ForeignAnswerError(429, 600_000))).toMatchObject({ retryAfterMs: 600_000 });
  });

  it('that is a bug is raised again', () => {
    expect(() => classifyError(new RangeError('not a custom id'))).toThrow(RangeError);
  });
});
