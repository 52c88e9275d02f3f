import { describe, expect, it } from 'vitest';
import { type LimitAnswer, readLimits } from '../../../../src/discord/rest/rests.ts';

const MESSAGE = 'You are being rate limited.';

function answer(
  about: Omit<Partial<LimitAnswer>, 'headers'> & { headers?: Record<string, string> },
): LimitAnswer {
  return { status: 200, ...about, headers: new Headers(about.headers) };
}

describe('what is to rest', () => {
  it.each([
    ['nothing after a success', answer({}), undefined],
    [
      'nothing after an ordinary refusal',
      answer({ status: 403, error: { message: '', code: 50_013 } }),
      undefined,
    ],
    ['nothing while Discord fails', answer({ status: 503 }), undefined],
    [
      'nothing but the route after one request too many',
      answer({ status: 429, headers: { 'retry-after': '2' }, error: { message: MESSAGE, retry_after: 1.5 } }),
      undefined,
    ],
    [
      'everything at the limit over all routes',
      answer({
        status: 429,
        headers: { 'retry-after': '1' },
        error: { message: MESSAGE, retry_after: 0.4, global: true },
      }),
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
      'everything when Cloudflare names a time, an hour at most',
      answer({ status: 429, headers: { 'retry-after': '99999999999' } }),
      { of: 'everything', ms: 3_600_000 },
    ],
    [
      'everything at the limit over all routes, for an hour at most',
      answer({ status: 429, error: { message: MESSAGE, retry_after: 2_592_000, global: true } }),
      { of: 'everything', ms: 3_600_000 },
    ],
    [
      'everything when the client is shut out',
      answer({ status: 403, error: { message: '', code: 40_333 } }),
      { of: 'everything', ms: 600_000 },
    ],
    [
      'direct messages when too many were opened',
      answer({ status: 400, error: { message: '', code: 40_003 } }),
      { of: 'dms', ms: 1_800_000 },
    ],
  ])('%s', (_, given, rest) => {
    expect(readLimits(given).rest).toEqual(rest);
  });
});

it('waits as long as the body says when the header says less', () => {
  const given = answer({
    status: 429,
    headers: { 'retry-after': '1' },
    error: { message: MESSAGE, code: 20_028, retry_after: 1163 },
  });

  expect(readLimits(given).retryAfter).toBe(1_163_050);
});

it('waits for a route for a day at most', () => {
  const given = answer({ status: 429, error: { message: MESSAGE, retry_after: 99_999_999_999 } });

  expect(readLimits(given).retryAfter).toBe(86_400_000);
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
    expect(readLimits(answer({ status, headers })).isInvalid).toBe(isInvalid);
  });
});
