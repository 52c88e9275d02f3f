import { describe, expect, it } from 'vitest';
import { type Answer, judgeAnswer } from '../../../../src/discord/rest/judge-answer.ts';

const MESSAGES = '/channels/100000000000000001/messages';
const CHANNEL = { channelId: '100000000000000001' };

function answer(about: Omit<Partial<Answer>, 'headers'> & { headers?: Record<string, string> }): Answer {
  return { method: 'POST', path: MESSAGES, status: 200, ...about, headers: new Headers(about.headers) };
}

describe('what is to rest', () => {
  it.each([
    ['nothing while something remains', answer({ headers: { 'x-ratelimit-remaining': '1' } }), undefined],
    [
      'a channel whose limit is used up',
      answer({ headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '4.2' } }),
      { of: CHANNEL, ms: 4250 },
    ],
    [
      'nothing when only reading is used up',
      answer({ method: 'GET', headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '4.2' } }),
      undefined,
    ],
    [
      'a channel after one request too many',
      answer({ status: 429, headers: { 'retry-after': '2' }, refusal: { retry_after: 1.5 } }),
      { of: CHANNEL, ms: 2050 },
    ],
    [
      'a channel for as long as the body says, when the header says less',
      answer({ status: 429, headers: { 'retry-after': '1' }, refusal: { code: 20_028, retry_after: 1163 } }),
      { of: CHANNEL, ms: 1_163_050 },
    ],
    [
      'everything at the limit over all routes',
      answer({ status: 429, headers: { 'retry-after': '1' }, refusal: { retry_after: 0.4, global: true } }),
      { of: 'everything', ms: 1050 },
    ],
    [
      'everything when Cloudflare answers, for ten minutes where it names no time',
      answer({ status: 429 }),
      { of: 'everything', ms: 600_000 },
    ],
    [
      'everything when Cloudflare names a time, a minute at least',
      answer({ status: 429, headers: { 'retry-after': '3' } }),
      { of: 'everything', ms: 60_000 },
    ],
    [
      'everything when a JSON text is not one of rate limits',
      answer({ status: 429, refusal: { code: 0 } }),
      { of: 'everything', ms: 600_000 },
    ],
    [
      'everything when the client is shut out',
      answer({ status: 403, refusal: { code: 40_333 } }),
      { of: 'everything', ms: 600_000 },
    ],
    [
      'all DMs when too many were opened',
      answer({ path: '/users/@me/channels', status: 400, refusal: { code: 40_003 } }),
      { of: 'dms', ms: 1_800_000 },
    ],
    [
      'DMs for a moment after one was opened',
      answer({ path: '/users/@me/channels' }),
      { of: 'dms', ms: 3000 },
    ],
    ['nothing after an ordinary refusal', answer({ status: 403, refusal: { code: 50_013 } }), undefined],
    ['nothing while Discord fails', answer({ status: 503 }), undefined],
  ])('%s', (_, given, rest) => {
    expect(judgeAnswer(given).rest).toEqual(rest);
  });
});

describe('what Discord counts as invalid', () => {
  it.each([
    [401, undefined, true],
    [403, undefined, true],
    [429, 'user', true],
    [429, 'global', true],
    [429, undefined, true],
    [429, 'shared', false],
    [400, undefined, false],
    [404, undefined, false],
    [500, undefined, false],
    [200, undefined, false],
  ])('status %i with scope %s: %s', (status, scope, isInvalid) => {
    const headers = scope === undefined ? {} : { 'x-ratelimit-scope': scope };
    expect(judgeAnswer(answer({ status, headers })).isInvalid).toBe(isInvalid);
  });
});
