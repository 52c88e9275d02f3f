import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { changeSchedule } from '../../../src/subscriptions/change-schedule.ts';
import { CHANNEL, createFlowWorld } from '../../support/flow-world.ts';

/** Tuesday 9 June 2026, nine in Berlin. */
const SLOT = Date.UTC(2026, 5, 9, 7);
const MAMBA = { name: 'Mamba', query: 'mamba' };
const VISION = { name: 'Vision', query: 'vision' };

describe('the topics of a channel', () => {
  it('that overlap bring a paper once, with the names of both', async () => {
    const world = createFlowWorld();
    world.follow({}, { topic: MAMBA });
    world.follow({}, { topic: VISION });
    world.list(['both'], { title: 'mamba for vision' });
    world.list(['neither'], { title: 'else' });

    await world.passTo(SLOT, HOUR_MS);

    expect(world.posted()).toEqual(['both']);
    expect(world.messenger.digests[0]?.entries[0]?.topics).toEqual(['Mamba', 'Vision']);
  });

  it('name a paper only where they let it through', async () => {
    const world = createFlowWorld();
    world.follow({}, { topic: MAMBA, minUpvotes: 20 });
    world.follow({}, { topic: VISION });
    world.list(['a'], { title: 'mamba for vision', upvotes: 3 });

    await world.passTo(SLOT, HOUR_MS);

    expect(world.messenger.digests[0]?.entries[0]?.topics).toEqual(['Vision']);
  });

  it('hold a paper back until it has its upvotes, and lose it with the window', async () => {
    const world = createFlowWorld();
    world.follow({}, { minUpvotes: 20 });
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
    const world = createFlowWorld();
    world.follow({}, { topic: MAMBA });
    const halfAYear = SLOT + 183 * DAY_MS;
    await world.passTo(halfAYear - 12 * HOUR_MS, 6 * HOUR_MS);
    world.list(['the day before'], { title: 'vision', listDay: '2026-12-07' });
    world.list(['the day itself'], { title: 'vision', listDay: '2026-12-08' });
    world.follow({}, { topic: VISION, startDay: '2026-12-08' });

    await world.passTo(halfAYear + 2 * DAY_MS, HOUR_MS);

    expect(world.posted()).toEqual(['the day itself']);
  });

  it('come weekly with what was listed late for the week before', async () => {
    const world = createFlowWorld();
    world.follow({ schedule: { at: 540, zone: 'Europe/Berlin', days: [2] } });
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
    const world = createFlowWorld();
    world.follow();
    world.list(['a'], { listDay: '2026-06-09' });
    await world.passTo(SLOT + HOUR_MS, HOUR_MS);
    world.list(['b'], { listDay: '2026-06-09' });
    world.change((present) => changeSchedule(present, { zone }, world.clock.now()));

    await world.passTo(SLOT + 2 * DAY_MS, HOUR_MS);

    expect(world.posts().map(({ papers, at: instant }) => [papers, instant])).toEqual([
      [['a'], SLOT],
      [['b'], at],
    ]);
  });

  it('pass over what is over the limit and hidden, and can tell it from what was sent', async () => {
    const world = createFlowWorld();
    world.follow({ max: 2, rest: 'hide' });
    world.list(['a', 'b', 'c'], { listDay: '2026-06-09' });

    await world.passTo(SLOT + DAY_MS, HOUR_MS);

    expect(world.posted()).toEqual(['a', 'b']);
    expect([...(world.disk.passedOver.get(CHANNEL) ?? [])]).toEqual(['c']);
    expect([...(world.disk.sentMarks.get(CHANNEL)?.keys() ?? [])]).toEqual(['a', 'b', 'c']);
  });
});

describe('a thread that cannot be had', () => {
  it('holds nothing up: the messages are the delivery', async () => {
    const world = createFlowWorld({ perStep: 1 });
    world.follow();
    world.list(['a', 'b'], { listDay: '2026-06-09' });
    const skipped = { kind: 'skipped', code: 160_006, message: 'Maximum number of active threads' } as const;
    world.messenger.withThreads();
    world.messenger.answer(CHANNEL, { kind: 'sent', messageId: '1', effect: true }, skipped);

    await world.passTo(SLOT + HOUR_MS, HOUR_MS);

    expect(world.posted()).toEqual(['a', 'b']);
    expect(world.deliveries()[0]?.state).toBe('done');
    expect(world.destination()).toMatchObject({ coveredSlot: SLOT });
    expect(world.destination()).not.toHaveProperty('trouble');
  });
});
