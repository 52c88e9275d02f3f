import { expect, it } from 'vitest';
import { hasPassed, momentOf } from '../../../src/calendar/clock.ts';
import { systemClock } from '../../../src/system-clock.ts';
import { createScriptedClock } from '../../support/scripted-clock.ts';

const NOON = Date.UTC(2026, 5, 9, 12);

it.each([
  ['time passes', { elapsed: 99, wall: 99 }, false],
  ['enough time passes', { elapsed: 100, wall: 100 }, true],
  ['the wall clock is set back', { elapsed: 99, wall: -5000 }, false],
  ['the wall clock is set back, and enough time passes', { elapsed: 100, wall: -5000 }, true],
  ['the wall clock is set ahead, or the machine was suspended', { elapsed: 1, wall: 5000 }, true],
])('tells whether an interval is over when %s', (_name, { elapsed, wall }, expected) => {
  const clock = { ...systemClock, now: () => NOON + wall, monotonic: () => 7 + elapsed };

  expect(hasPassed(100, { wall: NOON, monotonic: 7 }, clock)).toBe(expected);
});

it('goes on in a test when the wall clock alone is set', async () => {
  const clock = createScriptedClock(NOON);
  const begun = momentOf(clock);

  clock.setWall(NOON - 1000);
  await clock.passTo(NOON - 900);

  expect(clock.now() - begun.wall).toBe(-900);
  expect(clock.monotonic() - begun.monotonic).toBe(100);
});
