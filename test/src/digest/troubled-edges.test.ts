import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { StorageError } from '../../../src/errors.ts';
import { CHANNEL, createDeliveryWorld, createWorldBeforeSlot, SLOT } from '../../support/delivery-world.ts';

const OTHER = 'c100000000000000002';
const THIRD = 'c100000000000000003';

describe('a source in trouble', () => {
  it.each([
    ['around the slot', 30 * MINUTE_MS, 30 * MINUTE_MS],
    ['for three hours', 3 * HOUR_MS, 2 * HOUR_MS],
  ])('%s delays what the archive has', async (_, down, delay) => {
    const world = await createDeliveryWorld();
    await world.follow();
    await world.clock.passTo(SLOT - MINUTE_MS);
    world.list(['a']);
    world.setSource(false);

    await world.passTo(SLOT + down - MINUTE_MS);
    world.setSource(true);
    await world.passTo(SLOT + down + HOUR_MS);

    expect(world.posts().map(({ at }) => at - SLOT)).toEqual([delay]);
  });

  it('for three days: nothing is decided on nothing, and afterwards all comes at once', async () => {
    const world = await createWorldBeforeSlot();
    world.setSource(false);
    await world.passTo(SLOT + 3 * DAY_MS - HOUR_MS, 10 * MINUTE_MS);
    expect(await world.destination()).not.toHaveProperty('coveredSlot');

    world.list(['a'], { listDay: '2026-06-09' });
    world.list(['b'], { listDay: '2026-06-10' });
    world.setSource(true);
    await world.tick();

    expect(world.posted().toSorted()).toEqual(['a', 'b']);
  });

  it('switches no feed off', async () => {
    const world = await createWorldBeforeSlot();
    world.setSource(false);
    await world.passTo(SLOT + HOUR_MS, 10 * MINUTE_MS);
    world.setSource(true);
    world.list(['a']);

    await world.passTo(SLOT + HOUR_MS + MINUTE_MS);

    expect(world.posted()).toEqual(['a']);
    expect(await world.destination()).not.toHaveProperty('trouble');
  });
});

describe('a disk in trouble', () => {
  it('keeps the slot due, and sends nothing that was not planned', async () => {
    const world = await createWorldBeforeSlot();
    world.list(['a']);
    world.setWrite(() => {
      throw new StorageError('disk full');
    });
    await world.passTo(SLOT + 3 * MINUTE_MS);
    expect(world.attempts()).toEqual([]);
    expect(await world.destination()).toMatchObject({ nextSlot: SLOT });

    world.setWrite();
    await world.passTo(SLOT + 4 * MINUTE_MS);

    expect(world.posted()).toEqual(['a']);
  });

  it('of one destination does not touch another', async () => {
    const world = await createWorldBeforeSlot();
    await world.follow({ id: OTHER });
    world.list(['a']);
    world.setWrite((apply, what) => {
      if (what.includes(CHANNEL)) throw new StorageError('disk full');
      return apply();
    });

    await world.passSlot();

    expect([world.posted(OTHER), world.posted()]).toEqual([['a'], []]);
  });
});

it('an archive that cannot be read keeps nothing that is open from going on', async () => {
  const world = await createWorldBeforeSlot();
  world.list(['a']);
  world.transport.answer(CHANNEL, { kind: 'failed', message: 'HTTP 429', retryAfterMs: HOUR_MS });
  await world.passTo(SLOT);

  world.setArchive(false);
  await world.restart();

  expect(world.posted()).toEqual(['a']);
});

it('a send that never ends, and a zone that is not known any more, hold up nobody else', async () => {
  const world = await createDeliveryWorld();
  const nowhere = { at: 540, zone: 'Nowhere/Else', days: [2] } as const;
  await world.follow({ schedule: nowhere, nextSlot: SLOT });
  await world.follow({ id: OTHER });
  await world.follow({ id: THIRD });
  await world.clock.passTo(SLOT - MINUTE_MS);
  world.list(['a']);
  world.transport.answer(OTHER, new Promise(() => {}));

  await world.passSlot();

  expect(world.posted(THIRD)).toEqual(['a']);
  expect(world.attempts(OTHER)).toHaveLength(1);
});
