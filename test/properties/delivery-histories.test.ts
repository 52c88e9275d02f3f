import fc, { assert, asyncProperty } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type History, liveHistory } from '../support/random-history.ts';

const MISHAPS = [
  'crash before',
  'crash after',
  'failure before',
  'failure after',
  'stop',
  'pause',
  'one now',
  'nobody is let in',
  'storage failed, trying again',
  'a step failed, trying again',
  'no answer is known for a step, looking for it',
  'looked for a step',
  'Discord refused a step',
  'sending each paper alone',
  'news of a followed paper',
];
const seeds = fc.noShrink(fc.integer({ min: 1, max: 1_000_000 }));

/** Nothing, or what went wrong and how it came about. */
function complaint({ faults, story }: History): string {
  return faults.length === 0 ? '' : [...faults, ...story].join('\n');
}

describe(
  'three days of crashes, failing writes, bad answers and changes of mind',
  { timeout: 300_000 },
  () => {
    it('end with each paper and each of its news posted once and counted once, and nothing open', async () => {
      await assert(
        asyncProperty(seeds, async (seed) => {
          const history = await liveHistory(seed);

          expect(complaint(history)).toBe('');
        }),
        { numRuns: 60, seed: 1 },
      );
    });

    it('have all of that in them', async () => {
      const stories: string[] = [];

      for (let seed = 1; seed <= 10; seed += 1) stories.push(...(await liveHistory(seed)).story);

      expect(MISHAPS.filter((mishap) => !stories.some((event) => event.includes(mishap)))).toEqual([]);
    });

    it('are told again by their seed', async () => {
      const first = await liveHistory(7);

      const again = await liveHistory(7);

      expect(again).toEqual(first);
    });
  },
);
