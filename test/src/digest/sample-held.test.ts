import { describe, expect, it } from 'vitest';
import { DAY_MS, type Instant, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import type { SampleResult } from '../../../src/digest/daily-flow.ts';
import { CHANNEL, createFlowWorld, type FlowWorld } from '../../support/flow-world.ts';

const SLOT = Date.UTC(2026, 5, 9, 7);
const LOST = { kind: 'failed', message: 'hung up', unknownFate: true, effect: true } as const;

/** A digest that is due, in a forum whose posts no nonce protects. */
async function startDigest(prepare: (world: FlowWorld) => void): Promise<FlowWorld> {
  const world = createFlowWorld({ kind: 'forum-post' });
  world.follow();
  await world.clock.passTo(SLOT - MINUTE_MS);
  world.list(['a']);
  prepare(world);
  await world.passTo(SLOT);
  return world;
}

function press(world: FlowWorld): Promise<SampleResult> {
  const [subscription] = world.disk.subscriptions.get(CHANNEL) ?? [];
  if (subscription === undefined) throw new Error('nothing is followed');
  return world.flow().sendSample(subscription);
}

/** Whether the step is looked for at the instant that was named, and not before it. */
async function isLookedForAt(world: FlowWorld, named: Instant): Promise<boolean> {
  const { searches } = world.messenger;
  const before = searches.length;
  while (searches.length === before) await world.passTo(world.clock.now() + MINUTE_MS);
  return searches[before] === named;
}

describe('one now, while nobody tells what became of the last message', () => {
  it('says when the next look is, during a wait after one that nobody answered', async () => {
    const world = await startDigest(({ messenger }) => {
      messenger.answer(CHANNEL, { ...LOST, retryAfter: 10 * MINUTE_MS });
      messenger.see('unanswered');
    });

    const result = await press(world);

    expect(result).toEqual({ kind: 'held', nextLook: expect.any(Number) });
    expect(result.kind === 'held' && (await isLookedForAt(world, result.nextLook))).toBe(true);
  });

  it('says so while the place lets nobody in', async () => {
    const world = await startDigest(({ messenger }) => {
      messenger.answer(CHANNEL, LOST);
      messenger.see('unknown');
      messenger.answerAlways(CHANNEL, { kind: 'blocked', code: 50_001, message: 'Missing Access' });
    });
    await world.passTo(SLOT + 5 * MINUTE_MS);

    const result = await press(world);

    expect(result).toEqual({ kind: 'held', nextLook: expect.any(Number) });
    expect(result.kind === 'held' && (await isLookedForAt(world, result.nextLook))).toBe(true);
  });

  it('says so after a day, when it looks every minute', async () => {
    const world = await startDigest(({ messenger }) => {
      messenger.answer(CHANNEL, LOST);
      messenger.see('unanswered');
    });
    await world.passTo(SLOT + DAY_MS + MINUTE_MS, 10 * MINUTE_MS);

    expect(await press(world)).toEqual({ kind: 'held', nextLook: SLOT + DAY_MS + 2 * MINUTE_MS });
  });

  it('says so of itself at its end, and counts once the post is found', async () => {
    const world = createFlowWorld({ kind: 'forum-post' });
    world.follow();
    world.list(['a']);
    world.messenger.answer(CHANNEL, LOST);
    world.messenger.see('unanswered');

    const pressed = press(world);
    await world.passTo(world.clock.now() + 11 * MINUTE_MS);
    expect(await pressed).toMatchObject({ kind: 'held' });
    world.messenger.see('honest');
    await world.passTo(world.clock.now() + MINUTE_MS);

    expect(await press(world)).toMatchObject({ kind: 'already' });
    expect(world.posted()).toEqual(['a']);
  });

  it('says something else while a digest is on its way, or waits for its turn only', async () => {
    const world = await startDigest(({ messenger }) => {
      const wait = { retryAfter: 10 * MINUTE_MS, unknownFate: false, message: 'too many' };
      messenger.answer(CHANNEL, { kind: 'failed', ...wait });
    });

    expect(await press(world)).toMatchObject({
      kind: 'failed',
      outcome: { message: 'another delivery is under way' },
    });
  });
});
