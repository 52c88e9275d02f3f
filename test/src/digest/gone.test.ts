import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import type { Schedule } from '../../../src/subscriptions/destination.ts';
import {
  CHANNEL,
  createDeliveryWorld,
  createWorldBeforeSlot,
  type DeliveryWorld,
  SLOT,
} from '../../support/delivery-world.ts';

const GONE = { kind: 'gone', code: 10003, message: 'Unknown Channel' } as const;
const BLOCKED = { kind: 'blocked', code: 50001, message: 'Missing Access' } as const;
const LOST = { kind: 'unclear', message: 'HTTP 503' } as const;

async function loseChannel(days: Schedule['days'] = [1, 2, 3, 4, 5, 6, 7]): Promise<DeliveryWorld> {
  const world = await createWorldBeforeSlot({}, { schedule: { at: 540, zone: 'Europe/Berlin', days } });
  world.list(['a']);
  world.transport.answerAlways(CHANNEL, GONE);
  await world.passTo(SLOT + MINUTE_MS);
  return world;
}

const passDays = (world: DeliveryWorld, days: number) =>
  world.passTo(SLOT + days * DAY_MS + MINUTE_MS, 6 * HOUR_MS);

describe('a place that is gone', () => {
  it.each<[string, Schedule['days']]>([
    ['daily', [1, 2, 3, 4, 5, 6, 7]],
    ['weekly', [2]],
  ])('with a %s digest is looked for once a day, without posting, and removed after 30', async (_, days) => {
    const world = await loseChannel(days);

    await passDays(world, 29.5);
    expect(world.attempts()).toHaveLength(1);
    expect(world.transport.probes).toHaveLength(29);
    expect((await world.destination())?.trouble).toMatchObject({ kind: 'gone', since: SLOT });
    await passDays(world, 31);

    expect(await world.destination()).toBeUndefined();
  });

  it('keeps what is recorded of its papers when it is removed', async () => {
    const world = await createDeliveryWorld();
    await world.follow();
    world.list(['a']);
    await world.passTo(SLOT, HOUR_MS);
    world.list(['b']);
    world.transport.answerAlways(CHANNEL, GONE);

    await passDays(world, 33);

    expect(await world.destination()).toBeUndefined();
    expect([...(await world.records()).keys()]).toEqual(['a']);
  });

  it('that comes back gets what it missed, and nothing twice', async () => {
    const world = await loseChannel();
    await passDays(world, 5);
    world.list(['b']);
    world.transport.answerAlways(CHANNEL, undefined);

    await passDays(world, 7);

    expect(await world.destination()).not.toHaveProperty('trouble');
    expect(world.posted().toSorted()).toEqual(['a', 'b']);
  });

  it('that comes back without its rights is blocked, and keeps its settings', async () => {
    const world = await loseChannel();
    await passDays(world, 5);
    world.transport.answerAlways(CHANNEL, BLOCKED);

    await passDays(world, 40);

    expect((await world.destination())?.trouble).toMatchObject({ kind: 'blocked', code: 50001 });
  });

  it('is not removed on the word of a medium that does not answer', async () => {
    const world = await loseChannel();
    world.transport.answerAlways(CHANNEL, LOST);

    await passDays(world, 40);

    expect((await world.destination())?.trouble?.kind).toBe('gone');
    expect(world.transport.probes).toHaveLength(40);
  });

  it('is kept though the clock jumps forty days ahead and back, again and again', async () => {
    const world = await loseChannel();

    for (let day = 1; day < 5; day += 1) {
      world.clock.setWall(SLOT + (40 + day) * DAY_MS);
      await world.tick();
      world.clock.setWall(SLOT + day * DAY_MS);
      await world.tick();
    }

    expect(await world.destination()).toMatchObject({ trouble: { kind: 'gone', since: SLOT } });
    world.transport.answerAlways(CHANNEL, undefined);
    await passDays(world, 7);
    expect(world.posted()).toEqual(['a']);
  });

  it('is removed although it is paused', async () => {
    const world = await loseChannel();
    await world.pause();

    await passDays(world, 31);

    expect(await world.destination()).toBeUndefined();
  });
});
