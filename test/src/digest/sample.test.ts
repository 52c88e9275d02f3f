import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import {
  CHANNEL,
  createDeliveryWorld,
  createWorldBeforeSlot,
  type DeliveryWorld,
  SLOT,
} from '../../support/delivery-world.ts';

const BLOCKED = { kind: 'blocked', code: 50013, message: 'Missing Permissions' } as const;
const LOST = { kind: 'unclear', message: 'hung up', effect: true } as const;

/** Presses the button of the first topic. */
async function press(world: DeliveryWorld) {
  const [subscription] = (await world.destination())?.subscriptions ?? [];
  if (subscription === undefined) throw new Error('nothing is followed');
  return world.press(subscription);
}

describe('one now', () => {
  it('shows the latest list day, and the one before while that has fewer than five', async () => {
    const world = await createDeliveryWorld();
    await world.follow();
    world.list(['older'], { listDay: '2026-06-04' });
    world.list(['friday'], { listDay: '2026-06-05' });
    world.list(['monday'], { listDay: '2026-06-08' });

    const result = await press(world);

    expect(result).toEqual({ kind: 'sent', papers: 2 });
    expect(world.posted()).toEqual(['monday', 'friday']);
  });

  it('counts as sent, touches no slot, and a second press says when it was', async () => {
    const world = await createDeliveryWorld();
    await world.follow({ mention: '7' });
    world.list(['a']);
    await press(world);
    const at = world.clock.now();
    expect(world.posts().map(({ role }) => role)).toEqual([undefined]);
    expect(await world.destination()).not.toHaveProperty('coveredSlot');
    await world.passSlot();

    const again = await press(world);

    expect(again).toEqual({ kind: 'already', at });
    expect(world.posted()).toEqual(['a']);
    expect(await world.destination()).toMatchObject({ coveredSlot: SLOT });
  });

  it('tells what Discord answered, and can be pressed again', async () => {
    const world = await createDeliveryWorld();
    await world.follow();
    world.list(['a']);
    world.transport.answer(CHANNEL, BLOCKED);

    expect(await press(world)).toEqual({ kind: 'failed', code: 50013 });
    expect(await press(world)).toEqual({ kind: 'sent', papers: 1 });
  });

  it('has nothing to show while nothing matches', async () => {
    const world = await createDeliveryWorld();
    await world.follow();

    expect(await press(world)).toEqual({ kind: 'nothing' });
  });

  it('is allowed while the digests are paused, and a later pause cancels it', async () => {
    const world = await createDeliveryWorld();
    await world.follow();
    world.list(['a']);
    await world.pause();
    world.transport.answer(CHANNEL, { kind: 'failed', message: 'later', retryAfterMs: MINUTE_MS });
    const pressed = press(world);
    await world.tick();

    await world.pause();

    expect(await pressed).toEqual({ kind: 'failed' });
    expect(await world.states()).toEqual(['cancelled']);
    expect(await press(world)).toEqual({ kind: 'sent', papers: 1 });
  });

  it('lives ten minutes, after which its papers are free again', async () => {
    const world = await createDeliveryWorld();
    await world.follow();
    world.list(['a']);
    world.transport.answerAlways(CHANNEL, { kind: 'failed', message: 'HTTP 429' });
    const pressed = press(world);
    await world.tick();
    const start = world.clock.now();
    await world.passTo(start + 11 * MINUTE_MS);

    expect(await pressed).toEqual({ kind: 'failed' });
    expect((await world.deliveries())[0]).toMatchObject({
      state: 'expired',
      closedAt: start + 10 * MINUTE_MS,
    });
    world.transport.answerAlways(CHANNEL, undefined);
    expect(await press(world)).toEqual({ kind: 'sent', papers: 1 });
  });
});

/** A digest that is due, in a forum whose posts no nonce protects. */
async function startDigest(prepare: (world: DeliveryWorld) => void): Promise<DeliveryWorld> {
  const world = await createWorldBeforeSlot({ kind: 'forum-post' });
  world.list(['a']);
  prepare(world);
  await world.passTo(SLOT);
  return world;
}

/** When a step is looked for next. */
async function nextLookUp(world: DeliveryWorld): Promise<Instant | undefined> {
  const before = world.transport.lookUps.length;
  while (world.transport.lookUps.length === before) await world.passTo(world.clock.now() + MINUTE_MS);
  return world.transport.lookUps[before];
}

describe('one now, while nobody tells what became of the last message', () => {
  it('says when the next look is, during a wait after one that nobody answered', async () => {
    const world = await startDigest(({ transport }) => {
      transport.answer(CHANNEL, { ...LOST, retryAfterMs: 10 * MINUTE_MS });
      transport.see({ kind: 'unanswered' });
    });

    const result = await press(world);

    expect(result).toEqual({ kind: 'held', nextLook: await nextLookUp(world) });
  });

  it('says so while the place lets nobody in', async () => {
    const world = await startDigest(({ transport }) => {
      transport.answer(CHANNEL, LOST);
      transport.answerAlways(CHANNEL, { ...BLOCKED, code: 50_001 });
    });
    await world.passTo(SLOT + 5 * MINUTE_MS);

    const result = await press(world);

    expect(result).toEqual({ kind: 'held', nextLook: await nextLookUp(world) });
  });

  it('says so after a day, when nothing more is sent of the digest', async () => {
    const world = await startDigest(({ transport }) => {
      transport.answer(CHANNEL, LOST);
      transport.see({ kind: 'unanswered' });
    });
    await world.passTo(SLOT + DAY_MS + MINUTE_MS, 10 * MINUTE_MS);

    const result = await press(world);

    expect(result).toEqual({ kind: 'held', nextLook: await nextLookUp(world) });
  });

  it('says so after a restart, before the first look', async () => {
    const world = await startDigest(({ transport }) => {
      transport.answer(CHANNEL, { ...LOST, retryAfterMs: HOUR_MS });
    });
    world.transport.see({ kind: 'unanswered' });

    await world.restart();

    expect(await press(world)).toMatchObject({ kind: 'held' });
  });

  it('says so of itself, and counts once the post is found', async () => {
    const world = await createDeliveryWorld({ kind: 'forum-post' });
    await world.follow();
    world.list(['a']);
    world.transport.answer(CHANNEL, LOST);
    world.transport.see({ kind: 'unanswered' });

    const result = await press(world);
    expect(result).toEqual({ kind: 'held', nextLook: await nextLookUp(world) });
    world.transport.see('honest');
    await nextLookUp(world);

    expect(await press(world)).toMatchObject({ kind: 'already' });
    expect(world.posted()).toEqual(['a']);
  });

  it('says something else while a digest is on its way, or waits for its turn only', async () => {
    const world = await startDigest(({ transport }) => {
      transport.answer(CHANNEL, { kind: 'failed', message: 'too many', retryAfterMs: 10 * MINUTE_MS });
    });

    expect(await press(world)).toEqual({ kind: 'busy' });
  });

  it('is one, however often it is pressed at once', async () => {
    const world = await createDeliveryWorld();
    await world.follow();
    world.list(['a']);

    const results = await Promise.all([press(world), press(world), press(world)]);

    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['busy', 'busy', 'sent']);
    expect(world.posted()).toEqual(['a']);
  });
});
