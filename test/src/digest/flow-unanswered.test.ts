import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import type { PlannedStep } from '../../../src/digest/delivery.ts';
import { CHANNEL, createFlowWorld, type FlowWorld } from '../../support/flow-world.ts';

const SLOT = Date.UTC(2026, 5, 9, 7);

/** A digest of two steps; the answer to the first was lost, and nobody answers what became of it. */
async function loseAnswer({
  kind = 'forum-post',
  isPosted,
  wait = 10 * MINUTE_MS,
}: {
  kind?: PlannedStep['kind'];
  isPosted: boolean;
  /** Which the medium asks for, in ms. */
  wait?: number;
}): Promise<FlowWorld> {
  const world = createFlowWorld({ kind, perStep: 1 });
  world.follow();
  await world.clock.passTo(SLOT - MINUTE_MS);
  world.list(['a', 'b']);
  const lost = { kind: 'failed', message: 'hung up', unknownFate: true, retryAfter: wait } as const;
  world.messenger.answer(CHANNEL, { ...lost, effect: isPosted });
  world.messenger.see('unanswered');
  await world.passTo(SLOT);
  return world;
}

const states = (world: FlowWorld) => world.deliveries().map(({ state }) => state);
const outcomes = (world: FlowWorld) => world.deliveries()[0]?.steps.map(({ outcome }) => outcome);

describe('a look-up that nobody answers, where a second send would show', () => {
  it.each([
    { what: 'a forum post that was made', kind: 'forum-post', isPosted: true },
    { what: 'a forum post that was not made', kind: 'forum-post', isPosted: false },
    { what: 'an old message that was posted', kind: 'message', isPosted: true },
    { what: 'an old message that was not posted', kind: 'message', isPosted: false },
  ] as const)('is made again before $what is sent again', async ({ kind, isPosted }) => {
    const world = await loseAnswer({ kind, isPosted });
    await world.passTo(SLOT + HOUR_MS);
    expect(world.attempts()).toHaveLength(1);

    world.messenger.see('honest');
    await world.passTo(SLOT + HOUR_MS + 15 * MINUTE_MS);

    expect(world.posted()).toEqual(['a', 'b']);
    expect(outcomes(world)).toMatchObject([{ kind: 'sent' }, { kind: 'sent' }]);
    expect(outcomes(world)?.[0]).not.toHaveProperty('unconfirmed');
  });

  it('is made again after ever longer waits, of minutes at most', async () => {
    const world = await loseAnswer({ isPosted: true, wait: 0 });

    await world.passTo(SLOT + 2 * HOUR_MS);

    const { searches } = world.messenger;
    const waits = searches.slice(1).map((at, index) => at - (searches[index] ?? 0));
    expect(waits.slice(0, 3)).toEqual([3_000, 6_000, 12_000]);
    expect(Math.max(...waits)).toBe(7.5 * MINUTE_MS);
  });

  it('is made first by a process that starts later', async () => {
    const world = await loseAnswer({ isPosted: true });
    await world.clock.passTo(SLOT + 5 * MINUTE_MS);

    await world.restart();
    await world.passTo(SLOT + HOUR_MS);

    expect(world.attempts()).toHaveLength(1);
  });

  it.each([
    { what: 'is there', isPosted: true },
    { what: 'is not there', isPosted: false },
  ])('outlives the slot, and what $what then comes once', async ({ isPosted }) => {
    const world = await loseAnswer({ isPosted });
    await world.passTo(SLOT + DAY_MS + HOUR_MS, 10 * MINUTE_MS);
    expect([states(world), world.attempts().length]).toEqual([['open'], 1]);

    world.messenger.see('honest');
    await world.passTo(SLOT + DAY_MS + 2 * HOUR_MS);

    expect(states(world)).toEqual(['expired', 'done']);
    expect(world.posted()).toEqual(['a', 'b']);
  });
});

it('trusts the nonce of a young message where nobody answers', async () => {
  const world = await loseAnswer({ kind: 'message', isPosted: true, wait: MINUTE_MS });

  await world.passTo(SLOT + 2 * MINUTE_MS);

  expect(world.attempts()).toHaveLength(3);
  expect(world.posted()).toEqual(['a', 'b']);
  expect(outcomes(world)?.[0]).not.toHaveProperty('unconfirmed');
});

it('stops the process when a look-up is answered that no send can succeed any more', async () => {
  const world = await loseAnswer({ isPosted: true });
  world.messenger.see({ kind: 'fatal', message: 'the token was refused' });

  await world.clock.passTo(SLOT + 15 * MINUTE_MS);

  expect(world.fatal).toEqual(['the token was refused']);
  expect([states(world), world.attempts().length]).toEqual([['open'], 1]);
});
