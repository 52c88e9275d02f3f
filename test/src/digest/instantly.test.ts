import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import type { Destination } from '../../../src/subscriptions/destination.ts';
import { CHANNEL, createDeliveryWorld, type DeliveryWorld } from '../../support/delivery-world.ts';
import { buildPaper } from '../../support/build-paper.ts';

/** Monday 8 June 2026, two in the afternoon in Berlin. */
const START = Date.UTC(2026, 5, 8, 12);
const EVERY = 10 * MINUTE_MS;

const INSTANTLY = { at: 'instantly', zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5, 6, 7] } as const;

/** A channel that follows everything daily, and is switched to `instantly` an hour after the start. */
async function prepare(about: Partial<Destination> = {}): Promise<DeliveryWorld> {
  const world = await createDeliveryWorld({ start: START });
  await world.follow(about);
  await world.passTo(START + HOUR_MS, EVERY);
  await world.reschedule({ at: 'instantly' });
  await world.clock.passTo(START + HOUR_MS + MINUTE_MS);
  return world;
}

describe('instantly', () => {
  it('sends each paper with the collection that brought it, from the switch in mid-day on', async () => {
    const world = await prepare();
    await world.passTo(START + 2 * HOUR_MS, EVERY);
    world.list(['a', 'b']);
    await world.passTo(START + 3 * HOUR_MS, EVERY);
    world.list(['c']);

    await world.passTo(START + 4 * HOUR_MS, EVERY);

    expect(world.posts().map(({ papers, at }) => [papers, at])).toEqual([
      [['a', 'b'], START + 2 * HOUR_MS + EVERY],
      [['c'], START + 3 * HOUR_MS + EVERY],
    ]);
  });

  it('sends a paper with the collection that lifts it over its threshold', async () => {
    const world = await createDeliveryWorld({ start: START });
    await world.follow({ schedule: INSTANTLY }, { minUpvotes: 20 });
    await world.passTo(START + EVERY, EVERY);
    world.list(['a'], { upvotes: 3 });
    await world.passTo(START + 2 * DAY_MS, HOUR_MS);
    expect(world.posted()).toEqual([]);
    world.list(['a'], { upvotes: 20 });

    await world.passTo(START + 2 * DAY_MS + EVERY, EVERY);

    expect(world.posts().map(({ at }) => at)).toEqual([START + 2 * DAY_MS + EVERY]);
  });

  it('brings the papers of the day that had not come when it was switched on, with the next collection', async () => {
    const world = await createDeliveryWorld({ start: START });
    await world.follow({ schedule: { ...INSTANTLY, at: 18 * 60 } });
    await world.passTo(START + HOUR_MS, EVERY);
    world.list(['that day']);
    await world.passTo(START + 2 * HOUR_MS, EVERY);
    await world.reschedule({ at: 'instantly' });

    await world.passTo(START + 6 * HOUR_MS, EVERY);

    expect(world.posts().map(({ papers, at }) => [papers, at])).toEqual([
      [['that day'], START + 2 * HOUR_MS + EVERY],
    ]);
  });

  it('brings a paper that somebody looked up before it was listed', async () => {
    const world = await prepare();
    world.papers.set('known', { ...buildPaper({ id: 'known' }), firstSeenAt: START - DAY_MS });
    await world.passTo(START + 2 * HOUR_MS, EVERY);
    expect(world.posted()).toEqual([]);
    world.list(['known']);

    await world.passTo(START + 3 * HOUR_MS, EVERY);

    expect(world.posted()).toEqual(['known']);
  });

  it('loses nothing over a pause, and sends it with the next collection, not before', async () => {
    const world = await prepare();
    await world.pause();
    world.list(['a']);
    await world.passTo(START + 5 * HOUR_MS, EVERY);
    world.setSource(false);
    await world.resume();
    await world.passTo(START + 5 * HOUR_MS + 9 * MINUTE_MS);
    expect(world.posted()).toEqual([]);

    world.setSource(true);
    await world.passTo(START + 5 * HOUR_MS + EVERY);

    expect(world.posts().map(({ papers, at }) => [papers, at])).toEqual([
      [['a'], START + 5 * HOUR_MS + EVERY],
    ]);
  });

  it('mentions the role once a day of its zone, over restarts too', async () => {
    const world = await prepare({ mention: '7', schedule: { at: 540, zone: 'Asia/Tokyo', days: [1, 2] } });
    const midnightInTokyo = Date.UTC(2026, 5, 8, 15);
    for (const [index, at] of [13.5, 14.5, 15.5, 16.5].entries()) {
      await world.clock.passTo(Date.UTC(2026, 5, 8) + at * HOUR_MS);
      world.list([`paper ${index}`]);
      await world.restart();
      await world.passTo(world.clock.now() + EVERY, EVERY);
    }

    const mentions = world.posts().map(({ role, at }) => [role === '7', at >= midnightInTokyo]);

    expect(mentions).toEqual([
      [true, false],
      [false, false],
      [false, false],
      [true, true],
      [false, true],
      [false, true],
    ]);
  });

  it('posts nothing while nothing comes', async () => {
    const world = await prepare();

    await world.passTo(START + 8 * HOUR_MS, EVERY);

    expect(world.attempts()).toEqual([]);
    expect(await world.deliveries()).toEqual([]);
  });

  it.each([
    ['that it may not write to', 'message', 50_013],
    ['with as many open threads as a server can have', 'forum-post', 160_006],
  ] as const)('asks a place %s once an hour, shows it, and then sends all', async (_, kind, code) => {
    const world = await createDeliveryWorld({ start: START, kind });
    await world.follow({ schedule: INSTANTLY });
    world.list(['a', 'b']);
    world.transport.answerAlways(CHANNEL, { kind: 'blocked', code, message: 'not now' });
    await world.passTo(START + 6 * HOUR_MS, EVERY);
    expect(world.attempts()).toHaveLength(6);
    expect(await world.destination()).toMatchObject({ trouble: { kind: 'blocked', code } });
    world.transport.answerAlways(CHANNEL, undefined);

    await world.passTo(START + 7 * HOUR_MS + EVERY, EVERY);

    expect(world.posted()).toEqual(['a', 'b']);
    expect(await world.destination()).not.toHaveProperty('trouble');
  });

  it('sends what did arrive while a collection fails for hours, and decides nothing on nothing', async () => {
    const world = await prepare();
    await world.passTo(START + 2 * HOUR_MS, EVERY);
    world.setSource(false);
    world.list(['a']);

    await world.passTo(START + 12 * HOUR_MS, EVERY);

    expect(world.posts().map(({ papers, at }) => [papers, at])).toEqual([[['a'], START + 6 * HOUR_MS]]);
  });

  it('keeps to the chosen days', async () => {
    const world = await prepare({ schedule: { at: 540, zone: 'Europe/Berlin', days: [2] } });
    world.list(['monday']);
    await world.passTo(Date.UTC(2026, 5, 8, 21, 50), EVERY);
    expect(world.posted()).toEqual([]);

    await world.passTo(Date.UTC(2026, 5, 8, 22, 10), EVERY);

    expect(world.posted()).toEqual(['monday']);
  });

  it('switched off again, loses nothing of the hours in which it was on', async () => {
    const world = await prepare();
    world.setSource(false);
    world.list(['a']);
    await world.passTo(START + 2 * HOUR_MS, EVERY);
    await world.reschedule({ at: 9 * 60 });
    world.setSource(true);

    await world.passTo(START + DAY_MS, EVERY);

    expect(world.posts().map(({ papers, at }) => [papers, at])).toEqual([[['a'], START + 19 * HOUR_MS]]);
  });
});
