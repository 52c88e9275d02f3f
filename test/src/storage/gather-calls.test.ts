import { expect, it } from 'vitest';
import { gatherCalls } from '../../../src/storage/gather-calls.ts';

it('makes calls of one turn into one, and those of the next into another', async () => {
  let count = 0;
  const call = gatherCalls(async () => void (count += 1));

  await Promise.all([call(), call()]);
  expect(count).toBe(1);
  await call();

  expect(count).toBe(2);
});

it('tells every caller of one that failed, and goes on', async () => {
  let isFull = true;
  const call = gatherCalls(async () => {
    if (isFull) throw new RangeError('full');
  });

  const results = await Promise.allSettled([call(), call()]);
  isFull = false;

  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(call()).resolves.toBeUndefined();
});
