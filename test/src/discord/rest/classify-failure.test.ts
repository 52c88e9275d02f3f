import { expect, it } from 'vitest';
import { classifyFailure } from '../../../../src/discord/rest/classify-failure.ts';

it.each([
  ['gone', 404, [10_003, 10_004, 10_013, 10_015]],
  ['gone', 400, [50_027]],
  ['blocked', 403, [50_001, 50_013, 50_009, 50_083, 50_024, 160_005, 0]],
  ['blocked', 400, [50_008, 40_067, 50_024]],
  ['refused', 403, [50_007, 50_278]],
  ['refused', 400, [50_033]],
  ['bad-payload', 400, [50_035, 50_006, 50_109, 40_005, 240_000, 200_000, 200_001, 0]],
  ['bad-payload', 404, [10_008]],
  ['failed', 403, [40_003, 40_004, 40_006, 40_333]],
  ['failed', 429, [0, 20_016, 20_028, 20_029, 40_062, 130_000]],
  ['failed', 404, [0]],
  ['failed', 500, [0, 50_035, 130_000]],
  ['failed', 502, [0]],
  ['fatal', 401, [0, 40_001, 50_014]],
  ['fatal', 403, [40_001, 50_014]],
] as const)('says %s for status %i and its codes', (kind, status, codes) => {
  for (const code of codes) expect([code, classifyFailure(status, code).kind]).toEqual([code, kind]);
});

it('does not know what became of a step when Discord itself fails', () => {
  expect(classifyFailure(503, 130_000)).toMatchObject({ kind: 'failed', unknownFate: true });
  expect(classifyFailure(429, 20_028)).toMatchObject({ kind: 'failed', unknownFate: false });
});

it('waits long after opening DMs too fast, and when shut out', () => {
  expect(classifyFailure(400, 40_003)).toMatchObject({ retryAfter: 1_800_000 });
  expect(classifyFailure(403, 40_333)).toMatchObject({ retryAfter: 600_000 });
});
