import { expect, it } from 'vitest';
import { MINUTE_MS } from '../../../../src/calendar/zoned-time.ts';
import { createBudget } from '../../../../src/sources/hugging-face/budget.ts';

it.each([365 * 24 * 60 * MINUTE_MS, Infinity])('a limit for %d ms is asked about again soon', (resetMs) => {
  let now = 0;
  const { collect } = createBudget({ monotonic: () => now });

  collect.learn({ left: 0, resetMs });
  expect(collect.take()).toBe(15 * MINUTE_MS);
  now = 15 * MINUTE_MS;

  expect(collect.take()).toBe(0);
});
