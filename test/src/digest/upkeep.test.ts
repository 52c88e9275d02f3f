import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../src/calendar/zoned-time.ts';
import { createSilenceWatch, findSilence } from '../../../src/digest/upkeep.ts';
import { createDeliveryWorld } from '../../support/delivery-world.ts';
import { createScriptedClock } from '../../support/scripted-clock.ts';
import { createTestLog } from '../../support/test-log.ts';

describe('the silence of the source', () => {
  it.each([
    ['a day', { lastCollection: 0, now: DAY_MS }, undefined],
    ['more than a day', { lastCollection: 5, now: DAY_MS + 6 }, 5],
    ['since the start, for a day', { lastCollection: undefined, now: 7 + DAY_MS }, undefined],
    ['since the start, for more', { lastCollection: undefined, now: 8 + DAY_MS }, 7],
  ])('of %s', (_, about, expected) => {
    expect(findSilence({ startedAt: 7, ...about })).toBe(expected);
  });

  it('is logged once a day, and no more once it answers', async () => {
    const world = await createDeliveryWorld();
    const start = world.clock.now();
    await world.tick();
    world.setSource(false);
    const said = () => world.logged.filter(({ level }) => level === 'error').length;

    await world.passTo(start + DAY_MS, HOUR_MS);
    expect(said()).toBe(0);
    await world.passTo(start + 3.5 * DAY_MS, HOUR_MS);
    expect(said()).toBe(3);
    world.setSource(true);
    await world.passTo(start + 7 * DAY_MS, HOUR_MS);

    expect(said()).toBe(3);
  });

  it('is logged again after a clock that was a year ahead was set right', async () => {
    const { log, logged } = createTestLog();
    const start = Date.UTC(2026, 5, 8, 12);
    const clock = createScriptedClock(start);
    const watch = createSilenceWatch({ clock, archive: { lastCollection: () => start }, log });
    clock.setWall(start + 365 * DAY_MS);
    watch();
    clock.setWall(start);

    await clock.passTo(start + 2 * DAY_MS);
    watch();

    expect(logged).toHaveLength(2);
  });
});
