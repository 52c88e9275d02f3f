import { expect, it } from 'vitest';
import { gatherCalls } from '../../../src/storage/gather-calls.ts';

it('makes calls of one turn into one, and those of the next into another', async () => {
  const given: (readonly string[])[] = [];
  const call = gatherCalls<string>(async (all) => void given.push(all));

  await Promise.all([call('a'), call('b')]);
  await call('c');

  expect(given).toEqual([['a', 'b'], ['c']]);
});

it('tells every caller of one that failed, and goes on', async () => {
  const call = gatherCalls<string>(async (all) => {
    if (all.includes('bad')) throw new RangeError('full');
  });

  const results = await Promise.allSettled([call('good'), call('bad')]);

  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(call('good')).resolves.toBeUndefined();
});
