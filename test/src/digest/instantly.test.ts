import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { changeSchedule } from '../../../src/subscriptions/change-schedule.ts';
import type { Destination } from '../../../src/subscriptions/destination.ts';
import { pauseDestination, resumeDestination } from '../../../src/subscriptions/pause.ts';
import { createFlowWorld, CHANNEL, type FlowWorld } from '../../support/flow-world.ts';

/** Monday 8 June 2026, two in the afternoon in Berlin. */
const START = Date.UTC(2026, 5, 8, 12);
const EVERY = 10 * MINUTE_MS;
const BLOCKED = { kind: 'blocked', code: 50013, message: 'Missing Permissions' } as const;

/** A channel that follows everything daily, and is switched to `instantly` an hour after the start. */
async function prepare(about: Partial<Destination> = {}): Promise<FlowWorld> {
  const world = createFlowWorld({ start: START });
  world.follow(about);
  world.list(['before']);
  await world.passTo(START + HOUR_MS, EVERY);
  world.change((present) => changeSchedule(present, { at: 'instantly' }, world.clock.now()));
  await world.clock.passTo(START + HOUR_MS + MINUTE_MS);
  return world;
}

function countWrites(world: FlowWorld): () => readonly string[] {
  const writes: string[] = [];
  world.setWrite((apply, what) => {
    writes.push(what);
    apply();
  });
  return () => writes;
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
    const world = createFlowWorld({ start: START });
    const schedule = { at: 'instantly', zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5, 6, 7] } as const;
    world.follow({ schedule, instantlySince: START }, { minUpvotes: 20 });
    await world.passTo(START + EVERY, EVERY);
    world.list(['a'], { upvotes: 3 });
    await world.passTo(START + 2 * DAY_MS, EVERY);
    expect(world.posted()).toEqual([]);
    world.list(['a'], { upvotes: 20 });

    await world.passTo(START + 2 * DAY_MS + EVERY, EVERY);

    expect(world.posts().map(({ at }) => at)).toEqual([START + 2 * DAY_MS + EVERY]);
  });

  it('begins a topic with what is first seen after it was followed', async () => {
    const world = await prepare();
    world.list(['mamba before'], { title: 'mamba' });
    world.disk.subscriptions.delete(CHANNEL);
    await world.clock.passTo(START + 2 * HOUR_MS);
    world.follow({}, { topic: { name: 'Mamba', query: 'mamba' }, createdAt: world.clock.now() });
    await world.passTo(START + 3 * HOUR_MS, EVERY);
    world.list(['mamba after'], { title: 'mamba' });

    await world.passTo(START + 4 * HOUR_MS, EVERY);

    expect(world.posted()).toEqual(['mamba after']);
  });

  it('counts a paper that was known before it was listed from its list day', async () => {
    const world = await prepare();
    world.list(['known'], { firstSeenAt: START - DAY_MS, listDay: '2026-06-09' });

    await world.passTo(START + 2 * HOUR_MS, EVERY);

    expect(world.posted()).toEqual(['known']);
  });

  it('loses nothing over a pause, and sends it with the next collection, not before', async () => {
    const world = await prepare();
    world.change((present) => pauseDestination(present, world.clock.now()));
    world.list(['a']);
    await world.passTo(START + 5 * HOUR_MS, EVERY);
    world.setSource(false);
    world.change((present) => resumeDestination(present, world.clock.now()));
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

    const mentions = world.posts().map(({ mention, at }) => [mention, at >= midnightInTokyo]);

    expect(mentions).toEqual([
      [true, false],
      [false, false],
      [true, true],
      [false, true],
    ]);
  });

  it('posts nothing and writes once a day while nothing comes', async () => {
    const world = await prepare();
    await world.passTo(START + 2 * HOUR_MS, EVERY);
    const writes = countWrites(world);

    await world.passTo(START + 2 * HOUR_MS + 3 * DAY_MS, EVERY);

    expect(world.attempts()).toEqual([]);
    expect(writes()).toEqual(Array.from({ length: 3 }, () => `destination ${CHANNEL}`));
  });

  it('asks a channel that is blocked once an hour, and then sends all of it', async () => {
    const world = await prepare();
    world.list(['a', 'b']);
    world.messenger.answerAlways(CHANNEL, BLOCKED);
    await world.passTo(START + 5 * HOUR_MS, EVERY);
    expect(world.attempts()).toHaveLength(4);
    world.messenger.answerAlways(CHANNEL, undefined);

    await world.passTo(START + 6 * HOUR_MS, EVERY);

    expect(world.posted()).toEqual(['a', 'b']);
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

  it('switched off again, loses nothing of the hours before it was on', async () => {
    const world = await prepare();
    await world.passTo(START + 2 * HOUR_MS, EVERY);
    world.change((present) => changeSchedule(present, { at: 9 * 60 }, world.clock.now()));

    await world.passTo(START + DAY_MS, EVERY);

    expect(world.destination()).not.toHaveProperty('instantlySince');
    expect(world.posted()).toEqual(['before']);
  });
});
