import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { CHANNEL, createDeliveryWorld, SLOT } from '../../support/delivery-world.ts';

const MAMBA = { name: 'Mamba', query: 'mamba' };
const VISION = { name: 'Vision', query: 'vision' };

describe('the topics of a channel', () => {
  it('that overlap bring a paper once, with the names of both', async () => {
    const world = await createDeliveryWorld();
    await world.follow({}, { topic: MAMBA });
    await world.follow({}, { topic: VISION });
    world.list(['both'], { title: 'mamba for vision' });
    world.list(['neither'], { title: 'else' });

    await world.passTo(SLOT, HOUR_MS);

    expect(world.posted()).toEqual(['both']);
    expect(world.digests[0]?.entries[0]?.topics).toEqual(['Mamba', 'Vision']);
  });

  it('name a paper only where they let it through', async () => {
    const world = await createDeliveryWorld();
    await world.follow({}, { topic: MAMBA, minUpvotes: 20 });
    await world.follow({}, { topic: VISION });
    world.list(['a'], { title: 'mamba for vision', upvotes: 3 });

    await world.passTo(SLOT, HOUR_MS);

    expect(world.digests[0]?.entries[0]?.topics).toEqual(['Vision']);
  });

  it('hold a paper back until it has its upvotes, and lose it with the window', async () => {
    const world = await createDeliveryWorld();
    await world.follow({}, { minUpvotes: 20 });
    world.list(['two days later', 'too late'], { listDay: '2026-06-09', upvotes: 3 });
    await world.passTo(SLOT + 2 * DAY_MS - MINUTE_MS, HOUR_MS);
    world.list(['two days later'], { upvotes: 20 });
    await world.passTo(SLOT + 2 * DAY_MS, HOUR_MS);
    expect(world.posted()).toEqual(['two days later']);

    await world.passTo(SLOT + 9 * DAY_MS, HOUR_MS);
    world.list(['too late'], { upvotes: 20 });
    await world.passTo(SLOT + 12 * DAY_MS, HOUR_MS);

    expect(world.posted()).toEqual(['two days later']);
  });

  it('added to a channel half a year old bring nothing from before their own day', async () => {
    const world = await createDeliveryWorld();
    await world.follow({}, { topic: MAMBA });
    const halfAYear = SLOT + 183 * DAY_MS;
    await world.passTo(SLOT + HOUR_MS, HOUR_MS);
    await world.clock.passTo(halfAYear - 12 * HOUR_MS);
    world.list(['the day before'], { title: 'vision', listDay: '2026-12-07' });
    world.list(['the day itself'], { title: 'vision', listDay: '2026-12-08' });
    await world.follow({}, { topic: VISION, startDay: '2026-12-08' });

    await world.passTo(halfAYear + 2 * DAY_MS, HOUR_MS);

    expect(world.posted()).toEqual(['the day itself']);
  });

  it('come weekly with what was listed late for the week before', async () => {
    const world = await createDeliveryWorld();
    await world.follow({ schedule: { at: 540, zone: 'Europe/Berlin', days: [2] } });
    world.list(['monday'], { listDay: '2026-06-09' });
    await world.passTo(SLOT + HOUR_MS, HOUR_MS);
    world.list(['late'], { listDay: '2026-06-09' });
    world.list(['thursday'], { listDay: '2026-06-11' });

    await world.passTo(SLOT + 8 * DAY_MS, HOUR_MS);

    expect(world.posts().map(({ papers, at }) => [papers, at])).toEqual([
      [['monday'], SLOT],
      [['thursday', 'late'], SLOT + 7 * DAY_MS],
    ]);
  });

  it.each([
    ['to the east, whose nine o’clock is over', 'Asia/Tokyo', Date.UTC(2026, 5, 10, 0)],
    ['to the west, whose nine o’clock is to come', 'America/New_York', Date.UTC(2026, 5, 9, 13)],
  ])('come at the next slot of a zone that is changed between two %s', async (_, zone, at) => {
    const world = await createDeliveryWorld();
    await world.follow();
    world.list(['a'], { listDay: '2026-06-09' });
    await world.passTo(SLOT + HOUR_MS, HOUR_MS);
    world.list(['b'], { listDay: '2026-06-09' });
    await world.reschedule({ zone });

    await world.passTo(SLOT + 2 * DAY_MS, HOUR_MS);

    expect(world.posts().map(({ papers, at: instant }) => [papers, instant])).toEqual([
      [['a'], SLOT],
      [['b'], at],
    ]);
  });
});

describe('a thread that cannot be had', () => {
  it('holds nothing up: the messages are the delivery', async () => {
    const world = await createDeliveryWorld({ perStep: 1, threads: true });
    await world.follow();
    world.list(['a', 'b'], { listDay: '2026-06-09' });
    // The second thread is not asked for any more.
    const skipped = { kind: 'skipped', code: 160_006, message: 'Maximum number of active threads' } as const;
    world.transport.answer(CHANNEL, { kind: 'sent', messageId: '1', effect: true }, skipped);

    await world.passTo(SLOT + HOUR_MS, HOUR_MS);

    expect(world.posted()).toEqual(['a', 'b']);
    expect(await world.states()).toEqual(['done']);
    expect(world.transport.threads).toEqual([]);
    expect(await world.destination()).toMatchObject({ coveredSlot: SLOT });
    expect(await world.destination()).not.toHaveProperty('trouble');
  });
});
