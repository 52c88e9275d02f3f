import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { CHANNEL, createWorldBeforeSlot, SLOT } from '../../support/delivery-world.ts';

const SENT = { kind: 'sent', messageId: '1', effect: true } as const;

describe('a process that stops', () => {
  it.each([
    ['a retry', { kind: 'failed', message: 'HTTP 429', retryAfterMs: HOUR_MS }],
    ['a look-up', { kind: 'unclear', message: 'hung up', retryAfterMs: HOUR_MS }],
  ] as const)(
    'ends the wait for %s at once, keeps the delivery open, and the next one sends it',
    async (_, answer) => {
      const world = await createWorldBeforeSlot();
      world.list(['a']);
      world.transport.answer(CHANNEL, answer);
      await world.passTo(SLOT);

      await world.scheduler().drain();
      await world.passTo(SLOT + MINUTE_MS);
      expect([await world.states(), world.attempts().length]).toEqual([['open'], 1]);

      await world.restart();
      await world.passTo(SLOT + 3 * MINUTE_MS);
      expect(world.posted()).toEqual(['a']);
    },
  );

  it('waits for the answer of the request under way, and begins nothing after it', async () => {
    const world = await createWorldBeforeSlot({ perStep: 1 });
    const answer = Promise.withResolvers<typeof SENT>();
    world.list(['a', 'b']);
    world.transport.answer(CHANNEL, answer.promise);
    await world.passTo(SLOT);
    let isDrained = false;
    const drained = world
      .scheduler()
      .drain()
      .then(() => (isDrained = true));
    await world.tick();
    expect(isDrained).toBe(false);

    answer.resolve(SENT);
    await drained;

    expect(world.posted()).toEqual(['a']);
    expect([...(await world.records()).keys()]).toEqual(['a']);
    expect(await world.states()).toEqual(['open']);
  });

  it('does not wait for what it holds back itself', async () => {
    const way = Promise.withResolvers<void>();
    const world = await createWorldBeforeSlot({ wait: () => way.promise });
    world.list(['a']);
    await world.passTo(SLOT);
    const drained = world.scheduler().drain();

    way.resolve();
    await drained;

    expect([world.attempts(), await world.states()]).toEqual([[], ['open']]);
  });

  it('plans nothing for who waits for a turn', async () => {
    const turn = Promise.withResolvers<void>();
    const world = await createWorldBeforeSlot({ firstTurn: turn.promise });
    world.list(['a']);
    await world.passTo(SLOT);
    const drained = world.scheduler().drain();

    turn.resolve();
    await drained;

    expect(await world.deliveries()).toEqual([]);
  });

  it('refuses "Send one now"', async () => {
    const world = await createWorldBeforeSlot();
    world.list(['a']);
    await world.scheduler().drain();
    const [subscription] = (await world.destination())?.subscriptions ?? [];

    expect(subscription && (await world.press(subscription))).toEqual({ kind: 'busy' });
    expect(world.attempts()).toEqual([]);
  });
});

describe('a destination that is due and waits for its turn', () => {
  const SECOND = 'c100000000000000002';

  /** Two channels are due, and neither has its turn yet. */
  async function hold() {
    const turn = Promise.withResolvers<void>();
    const world = await createWorldBeforeSlot({ firstTurn: turn.promise });
    await world.follow({ id: SECOND });
    world.list(['a']);
    await world.passTo(SLOT);
    return {
      world,
      async begin() {
        turn.resolve();
        await world.tick();
      },
    };
  }

  it('is started once, however many minutes pass', async () => {
    const { world, begin } = await hold();
    await world.passTo(SLOT + 5 * MINUTE_MS);
    expect(world.attempts()).toEqual([]);

    await begin();
    await world.passTo(SLOT + 10 * MINUTE_MS);

    expect([world.posted(), world.posted(SECOND)]).toEqual([['a'], ['a']]);
  });

  it('gets nothing when it is paused meanwhile, and holds up nobody', async () => {
    const { world, begin } = await hold();
    await world.pause(SECOND);

    await begin();

    expect([world.posted(), world.posted(SECOND)]).toEqual([['a'], []]);
  });

  it('gets the papers that there are when its plan is made', async () => {
    const { world, begin } = await hold();
    world.list(['b']);

    await begin();

    expect(world.posted()).toEqual(['a', 'b']);
  });
});
