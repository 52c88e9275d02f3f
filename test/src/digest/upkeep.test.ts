import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../src/calendar/zoned-time.ts';
import { createSilenceWatch, findSilence } from '../../../src/digest/upkeep.ts';
import { createDeliveryWorld } from '../../support/delivery-world.ts';
import { createScriptedClock } from '../../support/scripted-clock.ts';
import { createTestLog } from '../../support/test-log.ts';

const START = Date.UTC(2026, 5, 8, 12);

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

  it.each([
    ['never', undefined],
    ['long before the start', START - 3 * DAY_MS],
  ])('is logged a day after the start where something was collected %s', async (_what, last) => {
    const { clock, watch, logged } = openWatch(() => last);

    watch();
    await clock.passTo(START + DAY_MS);
    watch();
    expect(logged).toEqual([]);
    await clock.passTo(START + DAY_MS + 1);
    watch();

    expect(logged).toMatchObject([{ level: 'error', fields: { since: last ?? START } }]);
  });

  it.each([
    ['ten hours ahead', 10 * HOUR_MS],
    ['a year ahead', 365 * DAY_MS],
    ['40 days behind', -40 * DAY_MS],
  ])('is no matter of a clock that is %s for an hour', async (_what, offMs) => {
    let last = START;
    const { clock, watch, logged } = openWatch((now) => (last <= now ? last : undefined));
    const collectUntil = async (hours: number) => {
      const from = clock.now();
      for (let hour = 1; hour <= hours; hour += 1) {
        await clock.passTo(from + hour * HOUR_MS);
        watch();
        last = clock.now();
      }
    };

    await collectUntil(48);
    clock.setWall(clock.now() + offMs);
    await collectUntil(1);
    clock.setWall(clock.now() - offMs);
    await collectUntil(48);

    expect(logged).toEqual([]);
  });
});

function openWatch(lastCollection: (now: number) => number | undefined) {
  const { log, logged } = createTestLog();
  const clock = createScriptedClock(START);
  return { clock, logged, watch: createSilenceWatch({ clock, archive: { lastCollection }, log }) };
}
