import { expect, it } from 'vitest';
import { createPersonLimit } from '../../../../src/discord/interactions/person-limit.ts';

it('lets a person do so much a minute, and says how long to wait', () => {
  let now = 500;
  const limit = createPersonLimit(3, () => now);

  expect([limit('ada'), limit('ada'), limit('ada')]).toEqual([0, 0, 0]);
  now += 20_500;
  expect(limit('ada')).toBe(40);
  expect(limit('bob')).toBe(0);
  now += 39_500;
  expect(limit('ada')).toBe(0);
});

it('forgets those who were quiet for longest when very many come', () => {
  const limit = createPersonLimit(1, () => 0);
  limit('ada');
  for (let at = 0; at < 9_999; at += 1) limit(`person ${at}`);
  expect(limit('ada')).toBeGreaterThan(0);

  limit('one more');

  expect(limit('person 9998')).toBeGreaterThan(0);
  expect(limit('ada')).toBe(0);
});
