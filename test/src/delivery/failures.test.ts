import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { CHANNEL, createWorldBeforeSlot, type DeliveryWorld, SLOT } from '../../support/delivery-world.ts';

const FAILED = { kind: 'failed', message: 'HTTP 429' } as const;

describe('an archive that lost the papers of a message', () => {
  it('is waited for until it has one of them again', async () => {
    const world = await createWorldBeforeSlot({ perStep: 2 });
    world.list(['a', 'b', 'c']);
    world.transport.answer(CHANNEL, { ...FAILED, retryAfterMs: 5 * MINUTE_MS });
    await world.passSlot();
    world.papers.clear();
    await world.passTo(SLOT + HOUR_MS);
    expect(world.posted()).toEqual([]);

    world.list(['b']);
    await world.passTo(SLOT + 2 * HOUR_MS);
    expect(world.posted()).toEqual(['a', 'b']);
    world.list(['c']);
    await world.passTo(SLOT + 3 * HOUR_MS);

    expect(world.posted()).toEqual(['a', 'b', 'c']);
    expect(await world.states()).toEqual(['done']);
  });
});

describe('Discord in trouble', () => {
  it('is tried again, later each time, until it answers', async () => {
    const world = await createWorldBeforeSlot();
    world.list(['a']);
    world.transport.answer(CHANNEL, FAILED, FAILED, FAILED);

    await world.passTo(SLOT + 5 * MINUTE_MS);

    const times = world.attempts().map(({ at }) => at - SLOT);
    const waits = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    for (const [index, ceiling] of [2_000, 4_000, 8_000].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(ceiling / 2);
      expect(waits[index]).toBeLessThanOrEqual(ceiling);
    }
    expect(world.posted()).toEqual(['a']);
  });

  it('gets as long as it asks for', async () => {
    const world = await createWorldBeforeSlot();
    world.list(['a']);
    world.transport.answer(CHANNEL, { ...FAILED, retryAfterMs: 90_000 });

    await world.passTo(SLOT + 5 * MINUTE_MS);

    const [, second = 0] = world.attempts().map(({ at }) => at - SLOT);
    expect(second).toBeGreaterThan(90_000);
    expect(second).toBeLessThanOrEqual(92_000);
  });

  it('for a day lets a delivery expire, and the newest slot is planned afresh', async () => {
    const world = await createWorldBeforeSlot();
    world.list(['a']);
    world.transport.answerAlways(CHANNEL, FAILED);
    await world.passTo(SLOT + DAY_MS - 5 * MINUTE_MS, 10 * MINUTE_MS);
    world.list(['b']);
    world.transport.answerAlways(CHANNEL, undefined);
    world.transport.answer(CHANNEL, FAILED, FAILED);
    await world.clock.passTo(SLOT + DAY_MS);

    await world.passTo(SLOT + DAY_MS + HOUR_MS, 10 * MINUTE_MS);

    expect(await world.deliveries()).toMatchObject([
      { slot: SLOT, state: 'expired', closedAt: SLOT + DAY_MS },
      { slot: SLOT + DAY_MS, state: 'done' },
    ]);
    expect(world.posted().toSorted()).toEqual(['a', 'b']);
  });

  it('stops the process with an instruction when no send can succeed', async () => {
    const world = await createWorldBeforeSlot();
    world.list(['a']);
    world.transport.answer(CHANNEL, { kind: 'fatal', message: 'the token was revoked' });

    await world.passTo(SLOT);

    expect(world.fatal).toEqual(['the token was revoked']);
    expect(await world.states()).toEqual(['open']);
  });
});

it('what is held back while the lease cannot be renewed is tried again, later each time', async () => {
  const world = await createWorldBeforeSlot();
  world.list(['a']);
  world.transport.answer(CHANNEL, ...Array.from({ length: 20 }, () => ({ kind: 'held-back' }) as const));

  await world.passSlot();
  const tries = world.attempts().length;
  expect(tries).toBeGreaterThan(4);
  expect(tries).toBeLessThan(10);
  world.transport.clearAnswers();
  await world.passTo(SLOT + HOUR_MS);

  expect(world.posted()).toEqual(['a']);
});

describe('the role', () => {
  const roles = (world: DeliveryWorld) => world.posts().map(({ role }) => role);

  it('is mentioned once per digest, not per message', async () => {
    const world = await createWorldBeforeSlot({ perStep: 1 }, { mention: '7' });
    world.list(['a', 'b', 'c']);

    await world.passSlot();

    expect(world.posts().map(({ papers, role }) => [papers, role])).toEqual([
      [[], '7'],
      [['a'], undefined],
      [['b'], undefined],
      [['c'], undefined],
    ]);
  });

  it('is mentioned by the first post of a forum, which has no messages', async () => {
    const world = await createWorldBeforeSlot({ kind: 'forum-post', perStep: 1 }, { mention: '7' });
    world.list(['a', 'b']);

    await world.passSlot();

    expect(roles(world)).toEqual(['7', undefined]);
  });

  it('is not mentioned blindly where history cannot be read, and the papers come all the same', async () => {
    const world = await createWorldBeforeSlot({}, { mention: '7' });
    world.list(['a']);
    world.transport.answer(CHANNEL, {
      kind: 'unclear',
      message: 'hung up',
      retryAfterMs: 10 * MINUTE_MS,
      effect: false,
    });
    world.transport.see({ kind: 'unreadable' });

    await world.passTo(SLOT + HOUR_MS, MINUTE_MS);

    expect(world.posts().map(({ papers, role }) => [papers, role])).toEqual([[['a'], undefined]]);
    expect(await world.states()).toEqual(['done']);
    expect(await world.destination()).toMatchObject({ mentionedOn: '2026-06-09' });
  });

  it('is mentioned all the same when the first attempt surely had no effect', async () => {
    const world = await createWorldBeforeSlot({ perStep: 1 }, { mention: '7' });
    world.list(['a', 'b']);
    world.transport.answer(CHANNEL, FAILED);

    await world.passSlot();

    expect(roles(world)).toEqual(['7', undefined, undefined]);
  });

  it('is not mentioned by the threads of the messages', async () => {
    const world = await createWorldBeforeSlot({ perStep: 1, threads: true }, { mention: '7' });
    world.list(['a', 'b']);

    await world.passSlot();

    expect(roles(world)).toEqual(['7', undefined, undefined]);
    expect(world.transport.threads).toHaveLength(2);
  });

  it('is mentioned once on a day with two slots, after a change of the time', async () => {
    const world = await createWorldBeforeSlot({}, { mention: '7' });
    world.list(['a']);
    await world.passSlot();
    await world.reschedule({ at: 10 * 60 });
    world.list(['b']);
    await world.passTo(SLOT + HOUR_MS + MINUTE_MS, 10 * MINUTE_MS);
    world.list(['c']);

    await world.passTo(SLOT + DAY_MS + 2 * HOUR_MS, 10 * MINUTE_MS);

    expect(world.posts().map(({ papers, role }) => [papers, role])).toEqual([
      [[], '7'],
      [['a'], undefined],
      [['b'], undefined],
      [[], '7'],
      [['c'], undefined],
    ]);
  });
});
