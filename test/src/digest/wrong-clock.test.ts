import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { CHANNEL, createDeliveryWorld, type DeliveryWorld, SLOT } from '../../support/delivery-world.ts';

const INSTANTLY = { at: 'instantly', zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5, 6, 7] } as const;
const AHEAD = 10 * HOUR_MS;

/** A machine whose clock is ten hours ahead for two hours, and is corrected an hour before the slot. */
async function correctClock(about: Parameters<DeliveryWorld['follow']>[0]): Promise<DeliveryWorld> {
  const world = await createDeliveryWorld({ start: SLOT - 3 * HOUR_MS + AHEAD });
  world.transport.setAhead(-AHEAD);
  await world.follow(about);
  await world.passTo(SLOT - HOUR_MS + AHEAD, 10 * MINUTE_MS);
  world.clock.setWall(SLOT - HOUR_MS);
  world.transport.setAhead(0);
  return world;
}

describe('a clock that was ten hours ahead, and is corrected', () => {
  it('costs no digest: the next slot is the one of the right clock', async () => {
    const world = await correctClock({});
    world.list(['a']);

    await world.passTo(SLOT + 2 * HOUR_MS, 10 * MINUTE_MS);

    expect(world.posts().map(({ papers, at }) => [papers, at])).toEqual([[['a'], SLOT]]);
    expect(await world.destination()).toMatchObject({ nextSlot: SLOT + DAY_MS, coveredSlot: SLOT });
  });

  it.each(['as it runs', 'over a restart'])('does not silence `instantly`, %s', async (how) => {
    const world = await correctClock({ schedule: INSTANTLY });
    if (how === 'over a restart') await world.restart();
    world.list(['a']);

    await world.passTo(SLOT + HOUR_MS, 10 * MINUTE_MS);

    expect(world.posted()).toEqual(['a']);
    expect(world.posts()[0]?.at).toBeLessThanOrEqual(SLOT + 10 * MINUTE_MS);
  });

  it('makes nothing come twice that went out before it was corrected', async () => {
    const world = await createDeliveryWorld({ start: SLOT - 3 * HOUR_MS + AHEAD });
    world.transport.setAhead(-AHEAD);
    await world.follow({ schedule: INSTANTLY });
    world.list(['a']);
    await world.passTo(SLOT - HOUR_MS + AHEAD, 10 * MINUTE_MS);
    expect(world.posted()).toEqual(['a']);
    world.clock.setWall(SLOT - HOUR_MS);
    world.transport.setAhead(0);
    world.list(['b']);

    await world.passTo(SLOT + HOUR_MS, 10 * MINUTE_MS);

    expect(world.posted()).toEqual(['a', 'b']);
  });
});

describe('a clock that was behind, and is corrected', () => {
  it('loses nothing and repeats nothing', async () => {
    const world = await createDeliveryWorld({ start: SLOT - 12 * HOUR_MS });
    world.transport.setAhead(10 * HOUR_MS);
    await world.follow();
    world.list(['a']);
    await world.passTo(SLOT - 10 * HOUR_MS, 10 * MINUTE_MS);
    world.clock.setWall(SLOT);
    world.transport.setAhead(0);

    await world.passTo(SLOT + HOUR_MS, 10 * MINUTE_MS);

    expect(world.posted()).toEqual(['a']);
  });
});

describe('a clock that is 90 seconds ahead of Discord', () => {
  it.each(['message', 'forum-post'] as const)(
    'does not make a %s come twice whose answer was lost',
    async (kind) => {
      const world = await createDeliveryWorld({ kind });
      world.transport.setAhead(-90_000);
      await world.follow();
      world.list(['a']);
      await world.clock.passTo(SLOT - MINUTE_MS);
      world.transport.answer(CHANNEL, { kind: 'unclear', message: 'hung up', effect: true });

      await world.passTo(SLOT + HOUR_MS);

      expect(world.posted()).toEqual(['a']);
      expect(await world.states()).toEqual(['done']);
    },
  );
});
