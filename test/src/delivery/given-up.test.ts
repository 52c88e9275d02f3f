import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { CHANNEL, createWorldBeforeSlot, type DeliveryWorld, SLOT } from '../../support/delivery-world.ts';

const FAILED = { kind: 'failed', message: 'HTTP 429', retryAfterMs: HOUR_MS } as const;
/** The answer was lost on its way, and Discord asks for time. */
const LOST = { kind: 'unclear', message: 'hung up', retryAfterMs: HOUR_MS } as const;
const SENT = { kind: 'sent', messageId: '1', effect: true } as const;

/** A channel with a topic that can be ended, a minute before its slot. */
async function prepare(
  about: Parameters<typeof createWorldBeforeSlot>[1] = {},
): Promise<{ world: DeliveryWorld; unfollow: () => Promise<void> }> {
  const world = await createWorldBeforeSlot({ perStep: 1 }, about);
  const { id } = await world.follow({}, { topic: { name: 'Mamba', query: 'mamba' } });
  return { world, unfollow: () => world.unfollow(id) };
}

async function waiting() {
  const prepared = await prepare();
  prepared.world.list(['a']);
  prepared.world.transport.answer(CHANNEL, FAILED);
  await prepared.world.passTo(SLOT);
  return prepared;
}

describe('a delivery that waits and is given up', () => {
  it('ends its wait at once, and its slot is planned afresh under another id', async () => {
    const { world, unfollow } = await waiting();

    await unfollow();

    expect(await world.deliveries()).toMatchObject([{ state: 'cancelled', closedAt: SLOT }]);
    expect(await world.destination()).toMatchObject({ nextSlot: SLOT });
    await world.passTo(SLOT + MINUTE_MS);
    expect(world.posted()).toEqual(['a']);
    const ids = (await world.deliveries()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
  });

  it('by a pause sends nothing more, and nothing before the next slot after the resume', async () => {
    const { world } = await waiting();
    await world.pause();
    await world.passTo(SLOT + 2 * HOUR_MS, 10 * MINUTE_MS);
    expect([await world.states(), world.attempts().length]).toEqual([['cancelled'], 1]);

    await world.resume();
    await world.passTo(SLOT + 4 * HOUR_MS, 10 * MINUTE_MS);
    expect(world.posted()).toEqual([]);

    await world.passSlot(1);
    expect(world.posts().map(({ at }) => at)).toEqual([SLOT + DAY_MS]);
  });

  it('half-way keeps what was sent, and the role is not mentioned again', async () => {
    const { world, unfollow } = await prepare({ mention: '7' });
    world.list(['a', 'b', 'c']);
    world.transport.answer(CHANNEL, SENT, SENT, FAILED);
    await world.passTo(SLOT);

    await unfollow();
    await world.passTo(SLOT + MINUTE_MS);

    expect(world.posts().map(({ papers, role }) => [papers, role])).toEqual([
      [[], '7'],
      [['a'], undefined],
      [['b'], undefined],
      [['c'], undefined],
    ]);
  });

  it('while a request is under way is told after its answer, and sends nothing more', async () => {
    const { world } = await prepare();
    const answer = Promise.withResolvers<typeof SENT>();
    world.list(['a', 'b']);
    world.transport.answer(CHANNEL, answer.promise);
    await world.passTo(SLOT);
    let isTold = false;
    const told = world.pause().then(() => (isTold = true));
    await world.tick();
    expect(isTold).toBe(false);

    answer.resolve(SENT);
    await told;

    expect(world.posted()).toEqual(['a']);
    expect(await world.states()).toEqual(['cancelled']);
  });

  it('in the moment before its next message sends no message more', async () => {
    const { world } = await prepare();
    world.list(['a', 'b']);
    let writes = 0;
    world.setWrite(async (apply, what) => {
      writes += 1;
      // The outcome of the first message, with which the attempt of the second would be written; the plan comes before it.
      if (what.startsWith('delivery') && writes === 2) {
        await world.ledger.destinations.change(CHANNEL, (present) => ({
          destination: present && { ...present, pausedAt: world.clock.now() },
          giveUp: 'paused',
        }));
      }
      return apply();
    });

    await world.passTo(SLOT + MINUTE_MS);

    expect(world.posted()).toEqual(['a']);
    expect(await world.states()).toEqual(['cancelled']);
  });
});

/** A digest of three messages; of the first nobody knows what became of it, and Discord answers nothing. */
async function loseFirstAnswer({ isPosted }: { isPosted: boolean }) {
  const prepared = await prepare();
  prepared.world.list(['a', 'b', 'c']);
  prepared.world.transport.answer(CHANNEL, { ...LOST, effect: isPosted });
  prepared.world.transport.see({ kind: 'unanswered' });
  await prepared.world.passTo(SLOT);
  return prepared;
}

describe('a delivery that is given up while its last attempt cannot be looked up', () => {
  it('stays open and sends nothing, though Discord takes messages again', async () => {
    const { world, unfollow } = await loseFirstAnswer({ isPosted: true });

    await unfollow();
    await world.passTo(SLOT + 10 * MINUTE_MS);

    expect([await world.states(), world.attempts().length]).toEqual([['open'], 1]);
  });

  it.each([
    { what: 'counts what it finds later', isPosted: true },
    { what: 'frees what is not there', isPosted: false },
  ])('$what, and the rest is planned afresh', async ({ isPosted }) => {
    const { world, unfollow } = await loseFirstAnswer({ isPosted });
    await unfollow();
    await world.passTo(SLOT + 10 * MINUTE_MS);

    world.transport.see('honest');
    await world.passTo(SLOT + 25 * MINUTE_MS);

    expect(await world.states()).toEqual(['cancelled', 'done']);
    expect(world.posted()).toEqual(['a', 'b', 'c']);
  });

  it('is still given up for a process that starts later', async () => {
    const { world, unfollow } = await loseFirstAnswer({ isPosted: true });
    await unfollow();
    await world.clock.passTo(SLOT + 10 * MINUTE_MS);

    await world.restart();
    await world.passTo(SLOT + 12 * MINUTE_MS);

    expect([await world.states(), world.attempts().length]).toEqual([['open'], 1]);
  });

  it('keeps its papers from coming again after days', async () => {
    const { world, unfollow } = await loseFirstAnswer({ isPosted: true });
    await unfollow();
    await world.passTo(SLOT + DAY_MS + HOUR_MS, HOUR_MS);

    world.transport.see('honest');
    await world.passTo(SLOT + DAY_MS + 2 * HOUR_MS, 10 * MINUTE_MS);

    expect(world.posted()).toEqual(['a', 'b', 'c']);
  });

  it('ends where nobody will ever be able to tell, once nothing can land any more', async () => {
    const { world } = await loseFirstAnswer({ isPosted: true });
    world.transport.see({ kind: 'unreadable' });

    await world.pause();
    expect(await world.states()).toEqual(['open']);
    await world.passTo(SLOT + MINUTE_MS);

    expect(await world.deliveries()).toMatchObject([
      { state: 'cancelled', steps: [{ status: 'unknown' }, {}, {}] },
    ]);
    expect(await world.records()).toEqual(new Map());
  });

  it('by a pause repeats nothing after the resume', async () => {
    const { world } = await loseFirstAnswer({ isPosted: true });
    await world.pause();
    await world.passTo(SLOT + HOUR_MS, 10 * MINUTE_MS);
    expect(await world.states()).toEqual(['open']);
    world.transport.see('honest');
    await world.passTo(SLOT + 2 * HOUR_MS, 10 * MINUTE_MS);

    await world.resume();
    await world.passTo(SLOT + DAY_MS + MINUTE_MS, 10 * MINUTE_MS);

    expect(world.posted()).toEqual(['a', 'b', 'c']);
  });
});
