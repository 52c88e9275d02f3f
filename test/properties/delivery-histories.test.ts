import fc, { assert, asyncProperty } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type History, liveHistory } from '../support/random-history.ts';

const MISHAPS = [
  'crash before',
  'crash after',
  'failure before',
  'failure after',
  'sent: ',
  'failed: ',
  'blocked: ',
  'bad-payload: ',
  'stop',
  'pause',
  'one now',
];
const seeds = fc.noShrink(fc.integer({ min: 1, max: 1_000_000 }));

/** Nothing, or what went wrong and how it came about. */
function complaint({ faults, story }: History): string {
  return faults.length === 0 ? '' : [...faults, ...story].join('\n');
}

/** In these a paper came twice: a plan whose write had failed was there after all, and was found at a start. */
const ONCE_FAILED = [82, 1103, 1490, 2701];

describe('three days of crashes, failing writes, setbacks and changes of mind', () => {
  it('end with each paper posted once and counted once, and nothing open', async () => {
    await assert(
      asyncProperty(seeds, async (seed) => {
        const history = await liveHistory(seed);

        expect(complaint(history)).toBe('');
      }),
      { numRuns: 120, seed: 1 },
    );
  });

  it.each(ONCE_FAILED)('do so in number %i too', async (seed) => {
    expect(complaint(await liveHistory(seed))).toBe('');
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
});
