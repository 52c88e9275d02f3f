import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { CHANNEL, createWorldBeforeSlot, type DeliveryWorld, SLOT } from '../../support/delivery-world.ts';

interface Loss {
  readonly kind?: 'message' | 'forum-post';
  /** Whether the message gets there, or after how many ms. */
  readonly isPosted: boolean | number;
  /** Which Discord asks for, in ms. */
  readonly wait?: number;
}

/** A digest of two steps; the answer to the first was lost, and nobody answers what became of it. */
async function loseAnswer({
  kind = 'forum-post',
  isPosted,
  wait = 10 * MINUTE_MS,
}: Loss): Promise<DeliveryWorld> {
  const world = await createWorldBeforeSlot(
    { kind, perStep: 1 },
    kind === 'forum-post' ? { mention: '7' } : {},
  );
  world.list(['a', 'b']);
  const lost = { kind: 'unclear', message: 'hung up', retryAfterMs: wait } as const;
  world.transport.answer(CHANNEL, { ...lost, effect: isPosted });
  world.transport.see({ kind: 'unanswered' });
  await world.passTo(SLOT);
  return world;
}

const stepsOf = async (world: DeliveryWorld) => (await world.deliveries())[0]?.steps ?? [];

describe('a look-up that nobody answers, where a second send would show', () => {
  it.each([
    { what: 'a forum post that was made', kind: 'forum-post', isPosted: true },
    { what: 'a forum post that was not made', kind: 'forum-post', isPosted: false },
    { what: 'an old message that was posted', kind: 'message', isPosted: true },
    { what: 'an old message that was not posted', kind: 'message', isPosted: false },
  ] as const)('is made again before $what is sent again', async ({ kind, isPosted }) => {
    const world = await loseAnswer({ kind, isPosted });
    await world.passTo(SLOT + HOUR_MS, 10 * MINUTE_MS);
    expect(world.attempts()).toHaveLength(1);

    world.transport.see('honest');
    await world.passTo(SLOT + HOUR_MS + 15 * MINUTE_MS);

    expect(world.posted()).toEqual(['a', 'b']);
    expect(await stepsOf(world)).toMatchObject([
      { status: 'sent', unconfirmed: false },
      { status: 'sent', unconfirmed: false },
    ]);
  });

  it('is made again after ever longer waits, of ten minutes at most', async () => {
    const world = await loseAnswer({ isPosted: true, wait: 0 });

    await world.passTo(SLOT + 2 * HOUR_MS, 10 * MINUTE_MS);

    const { lookUps } = world.transport;
    const waits = lookUps.slice(1).map((at, index) => at - (lookUps[index] ?? 0));
    for (const [index, ceiling] of [4_000, 8_000, 16_000, 32_000].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(ceiling / 2);
      expect(waits[index]).toBeLessThanOrEqual(ceiling);
    }
    expect(Math.max(...waits)).toBeGreaterThan(5 * MINUTE_MS);
    expect(Math.max(...waits)).toBeLessThanOrEqual(10 * MINUTE_MS);
  });

  it('is made first by a process that starts later', async () => {
    const world = await loseAnswer({ isPosted: true });
    await world.clock.passTo(SLOT + 5 * MINUTE_MS);

    await world.restart();
    await world.passTo(SLOT + HOUR_MS, 10 * MINUTE_MS);

    expect(world.attempts()).toHaveLength(1);
  });

  it.each([
    { what: 'is there', isPosted: true },
    { what: 'is not there', isPosted: false },
  ])('outlives the slot, and what $what then comes once', async ({ isPosted }) => {
    const world = await loseAnswer({ isPosted });
    await world.passTo(SLOT + DAY_MS + HOUR_MS, HOUR_MS);
    expect([await world.states(), world.attempts().length]).toEqual([['open'], 1]);

    world.transport.see('honest');
    await world.passTo(SLOT + DAY_MS + 2 * HOUR_MS, 10 * MINUTE_MS);

    expect(await world.states()).toEqual(['expired', 'done']);
    expect(world.posted()).toEqual(['a', 'b']);
  });
});

describe('a step that is not there', () => {
  it('is believed to be absent only once its request can have no effect any more', async () => {
    const world = await loseAnswer({ isPosted: 16_000, wait: 0 });
    world.transport.see('honest');

    await world.passTo(SLOT + 5 * MINUTE_MS);

    expect(world.posted()).toEqual(['a', 'b']);
    expect(world.attempts()).toHaveLength(2);
  });

  it('is sent again, and mentions the role then', async () => {
    const world = await loseAnswer({ isPosted: false, wait: 0 });
    world.transport.see('honest');

    await world.passTo(SLOT + 5 * MINUTE_MS);

    expect(world.posts().map(({ papers, role }) => [papers, role])).toEqual([
      [['a'], '7'],
      [['b'], undefined],
    ]);
  });
});

it('trusts the nonce of a young message where nobody answers', async () => {
  const world = await loseAnswer({ kind: 'message', isPosted: true, wait: MINUTE_MS });

  await world.passTo(SLOT + 2 * MINUTE_MS);

  expect(world.attempts()).toHaveLength(3);
  expect(world.posted()).toEqual(['a', 'b']);
  expect((await stepsOf(world))[0]).toMatchObject({ status: 'sent', unconfirmed: false });
});

it('takes a young message for sent that somebody deleted meanwhile', async () => {
  const world = await loseAnswer({ kind: 'message', isPosted: true, wait: MINUTE_MS });
  world.transport.remove(world.posts()[0]?.messageId ?? '');

  await world.passTo(SLOT + 2 * MINUTE_MS);

  expect(world.posted()).toEqual(['a', 'b']);
  expect([...(await world.records()).keys()].toSorted()).toEqual(['a', 'b']);
});

describe('where history can never be read', () => {
  it('a message is sent again once, marked and without a second mention', async () => {
    const world = await loseAnswer({ isPosted: false, wait: 0 });
    world.transport.see({ kind: 'unreadable' });

    await world.passTo(SLOT + 5 * MINUTE_MS);

    expect(world.posts().map(({ papers, role }) => [papers, role])).toEqual([
      [['a'], undefined],
      [['b'], undefined],
    ]);
    expect((await stepsOf(world))[0]).toMatchObject({ status: 'sent', unconfirmed: true });
    expect((await world.records()).get('a')).toMatchObject({ kind: 'sent', unconfirmed: true });
  });

  it('a message whose second answer is lost too is not sent a third time that day', async () => {
    const world = await loseAnswer({ isPosted: false, wait: 0 });
    world.transport.answer(CHANNEL, { kind: 'unclear', message: 'hung up again' });
    world.transport.see({ kind: 'unreadable' });

    await world.passTo(SLOT + HOUR_MS, 10 * MINUTE_MS);

    expect(world.posted()).toEqual(['b']);
    expect((await stepsOf(world))[0]).toMatchObject({ status: 'unknown', unconfirmed: true });
    expect(await world.destination()).not.toHaveProperty('coveredSlot');
    await world.passSlot(1);
    expect(world.posted()).toEqual(['b', 'a']);
  });
});

describe('a refusal after an attempt whose effect is not known', () => {
  it('of the content is kept until the look-up answers, and the paper that is there comes once', async () => {
    const world = await loseAnswer({ kind: 'message', isPosted: true, wait: MINUTE_MS });
    world.transport.answer(CHANNEL, { kind: 'content', code: 50_035, message: 'Invalid Form Body' });
    await world.passTo(SLOT + 5 * MINUTE_MS);
    expect((await stepsOf(world))[0]).toMatchObject({ status: 'uncertain', refusal: 50_035 });

    world.transport.see('honest');
    await world.passTo(SLOT + 20 * MINUTE_MS);

    expect(world.posted()).toEqual(['a', 'b']);
  });

  it('of the place shows as its trouble, and the message that is there is found', async () => {
    const world = await loseAnswer({ kind: 'message', isPosted: true, wait: MINUTE_MS });
    world.transport.answer(CHANNEL, { kind: 'blocked', code: 50_013, message: 'Missing Permissions' });
    await world.passTo(SLOT + 5 * MINUTE_MS);
    expect(await world.destination()).toMatchObject({ trouble: { kind: 'blocked', code: 50_013 } });

    world.transport.see('honest');
    await world.passTo(SLOT + 2 * HOUR_MS, 10 * MINUTE_MS);

    expect(world.posted()).toEqual(['a', 'b']);
    expect(await world.destination()).not.toHaveProperty('trouble');
  });
});

it('stops the process when a look-up is answered that no send can succeed any more', async () => {
  const world = await loseAnswer({ isPosted: true });
  world.transport.see({ kind: 'fatal', message: 'the token was refused' });

  await world.clock.passTo(SLOT + 15 * MINUTE_MS);

  expect(world.fatal).toEqual(['the token was refused']);
  expect([await world.states(), world.attempts().length]).toEqual([['open'], 1]);
});
