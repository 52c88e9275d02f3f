import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import {
  CHANNEL,
  createDeliveryWorld,
  createWorldBeforeSlot,
  SLOT,
  UNREADABLE,
} from '../../support/delivery-world.ts';

describe('a day', () => {
  it('posts the papers once, at the slot, and no minute later again', async () => {
    const world = await createWorldBeforeSlot();
    world.list(['a', 'b']);

    await world.passTo(SLOT + HOUR_MS);

    expect(world.posts().map(({ papers, at }) => [papers, at])).toEqual([[['a', 'b'], SLOT]]);
    expect(await world.destination()).toMatchObject({
      nextSlot: SLOT + DAY_MS,
      coveredSlot: SLOT,
      lastDeliveredAt: SLOT,
    });
  });

  it('posts nothing on a weekend, and decides the slot', async () => {
    const world = await createDeliveryWorld({ start: Date.UTC(2026, 5, 12, 12) });
    await world.follow();

    await world.passTo(Date.UTC(2026, 5, 14, 8), 10 * MINUTE_MS);

    expect(world.attempts()).toEqual([]);
    expect(await world.deliveries()).toEqual([]);
    expect(await world.destination()).toMatchObject({
      nextSlot: Date.UTC(2026, 5, 15, 7),
      coveredSlot: Date.UTC(2026, 5, 14, 7),
    });
  });

  it('brings late papers along the next day', async () => {
    const world = await createWorldBeforeSlot();
    world.list(['a']);
    await world.passSlot();
    world.list(['late'], { listDay: '2026-06-09' });

    await world.passSlot(1);

    expect(world.posted()).toEqual(['a', 'late']);
  });

  it('does not bring a paper again that moves to a later day', async () => {
    const world = await createWorldBeforeSlot();
    world.list(['a']);
    await world.passSlot();
    world.list(['a', 'b'], { listDay: '2026-06-10' });

    await world.passSlot(1);

    expect(world.posted()).toEqual(['a', 'b']);
  });

  it('brings a paper that is listed again to whoever followed its topic in between', async () => {
    const world = await createDeliveryWorld();
    world.list(['a'], { listDay: '2026-05-20', firstSeenAt: Date.UTC(2026, 4, 20) });
    await world.follow();
    await world.passSlot();
    expect(world.posted()).toEqual([]);
    world.list(['a'], { listDay: '2026-06-10' });

    await world.passSlot(1);

    expect(world.posted()).toEqual(['a']);
  });

  it('brings a paper on the day it has the upvotes that were asked for', async () => {
    const world = await createDeliveryWorld();
    await world.follow({}, { minUpvotes: 20 });
    world.list(['a'], { listDay: '2026-06-09', upvotes: 3 });
    await world.passSlot();
    world.list(['a'], { upvotes: 19 });
    await world.passSlot(1);
    expect(world.posted()).toEqual([]);
    world.list(['a'], { upvotes: 20 });

    await world.passSlot(2);

    expect(world.posted()).toEqual(['a']);
  });

  it('brings a paper once that matches two topics', async () => {
    const world = await createWorldBeforeSlot();
    await world.follow({}, { topic: { name: 'Mamba', query: 'mamba' } });
    world.list(['a'], { title: 'mamba' });

    await world.passSlot();

    expect(world.posted()).toEqual(['a']);
  });

  it('passes over for good what is hidden', async () => {
    const world = await createWorldBeforeSlot({}, { max: 2, overflow: 'hide' });
    world.list(['a', 'b', 'c', 'd']);

    await world.passSlot();
    await world.passSlot(1);

    expect(world.posts()).toHaveLength(1);
    const kinds = [...(await world.records()).values()].map(({ paperId, kind }) => `${paperId} ${kind}`);
    expect(kinds.toSorted()).toEqual(['a sent', 'b sent', 'c hidden', 'd hidden']);
  });

  it('goes on with the other topics when the query of one cannot be read', async () => {
    const world = await createDeliveryWorld();
    const unreadable = await world.follow({}, { topic: UNREADABLE });
    await world.follow();
    await world.clock.passTo(SLOT - MINUTE_MS);
    world.list(['a']);

    await world.passSlot();

    expect(world.posted()).toEqual(['a']);
    expect(world.logged).toContainEqual({
      level: 'error',
      message: 'a topic cannot be read',
      fields: { subscription: unreadable.id },
    });
  });

  it('sends what was planned, though the schedule is changed while it is sent', async () => {
    const world = await createWorldBeforeSlot({ perStep: 1 });
    world.list(['a', 'b']);
    world.transport.answer(CHANNEL, { kind: 'failed', message: 'later', retryAfterMs: 5 * MINUTE_MS });
    await world.passTo(SLOT);
    await world.reschedule({ at: 600 });

    await world.passTo(SLOT + 10 * MINUTE_MS);

    expect(world.posted()).toEqual(['a', 'b']);
    expect(await world.destination()).toMatchObject({ nextSlot: SLOT + HOUR_MS });
  });
});

describe('failures of other bots', () => {
  const OTHER = 'c100000000000000002';

  it('one "last fetch" for all: each channel has its own, so a later one misses nothing', async () => {
    const world = await createWorldBeforeSlot();
    await world.follow({ id: OTHER, schedule: { at: 600, zone: 'Europe/Berlin', days: [2] } });
    world.list(['a']);

    await world.passTo(SLOT + 2 * HOUR_MS, 10 * MINUTE_MS);

    expect([world.posted(), world.posted(OTHER)]).toEqual([['a'], ['a']]);
  });

  it('"stored" taken for "sent": a planned digest that was never sent is sent after a restart', async () => {
    const world = await createWorldBeforeSlot();
    world.list(['a']);
    world.transport.answer(CHANNEL, new Promise(() => {}));
    await world.passTo(SLOT);
    await world.clock.passTo(SLOT + 10 * MINUTE_MS);

    await world.restart();
    await world.passTo(SLOT + 11 * MINUTE_MS);

    expect(world.posted()).toEqual(['a']);
  });

  it('"seen" before it is sent: nothing is recorded of a paper before its message is there', async () => {
    const world = await createWorldBeforeSlot();
    world.list(['a']);
    world.transport.answer(CHANNEL, { kind: 'blocked', code: 50013, message: 'Missing Permissions' });

    await world.passSlot();

    expect(await world.records()).toEqual(new Map());
  });

  it('papers over a limit count as seen only when they were shown', async () => {
    const world = await createWorldBeforeSlot({}, { max: 1 });
    world.list(['a', 'b', 'c', 'd']);

    await world.passSlot();

    expect([...(await world.records()).keys()].toSorted()).toEqual(world.posted());
  });

  it('a second run after half a digest posts the other half only', async () => {
    const world = await createWorldBeforeSlot({ perStep: 1 });
    world.list(['a', 'b']);
    const sent = { kind: 'sent', messageId: '1', effect: true } as const;
    world.transport.answer(CHANNEL, sent, new Promise(() => {}));
    await world.passTo(SLOT);

    await world.restart();
    await world.passTo(SLOT + 2 * MINUTE_MS);

    expect(world.posted()).toEqual(['a', 'b']);
  });
});
