import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { CHANNEL, createWorldBeforeSlot, type DeliveryWorld, SLOT } from '../../support/delivery-world.ts';

const LOST = { kind: 'unclear', message: 'hung up', retryAfterMs: HOUR_MS } as const;
const BLOCKED = { kind: 'blocked', code: 50001, message: 'Missing Access' } as const;
const GONE = { kind: 'gone', code: 10004, message: 'Unknown Guild' } as const;
const SENT = { kind: 'sent', messageId: '1', effect: true } as const;

describe('a place that lets nobody in', () => {
  it('is tried once at each slot, and gets all that it missed', async () => {
    const world = await createWorldBeforeSlot({ perStep: 100 });
    world.transport.answerAlways(CHANNEL, BLOCKED);
    for (let day = 0; day < 15; day += 1) {
      world.list([`day ${day}`]);
      await world.passSlot(day);
    }
    expect(world.attempts()).toHaveLength(15);
    expect((await world.destination())?.trouble).toMatchObject({ kind: 'blocked', code: 50001, since: SLOT });
    expect(await world.destination()).not.toHaveProperty('coveredSlot');

    world.transport.answerAlways(CHANNEL, undefined);
    await world.passSlot(15);

    expect(world.posted()).toHaveLength(15);
    expect(await world.destination()).not.toHaveProperty('trouble');
  });

  it('half-way through a digest gets nothing twice', async () => {
    const world = await createWorldBeforeSlot({ perStep: 1 });
    world.list(['a', 'b', 'c']);
    world.transport.answer(CHANNEL, SENT, BLOCKED);

    await world.passSlot();
    expect(await world.states()).toEqual(['rejected']);
    await world.passSlot(1);

    expect(world.posted()).toEqual(['a', 'b', 'c']);
  });
});

/** A digest of two messages; nobody knows what became of the first, and then nobody is let in. */
async function shutOut({
  isPosted,
  answer = BLOCKED,
}: {
  isPosted: boolean;
  answer?: typeof BLOCKED | typeof GONE;
}): Promise<DeliveryWorld> {
  const world = await createWorldBeforeSlot({ perStep: 1 });
  world.list(['a', 'b']);
  world.transport.answer(CHANNEL, { ...LOST, effect: isPosted });
  await world.passTo(SLOT);
  world.transport.answerAlways(CHANNEL, answer);
  await world.passTo(SLOT + HOUR_MS + MINUTE_MS, 10 * MINUTE_MS);
  return world;
}

const letIn = (world: DeliveryWorld) => world.transport.answerAlways(CHANNEL, undefined);

describe('a place that lets nobody in after an attempt whose effect is not known', () => {
  it.each([
    { what: 'was posted', isPosted: true },
    { what: 'was not posted', isPosted: false },
  ])('gets each paper once when it is open again and the message $what', async ({ isPosted }) => {
    const world = await shutOut({ isPosted });

    letIn(world);
    await world.passTo(SLOT + 2 * HOUR_MS + 15 * MINUTE_MS, 10 * MINUTE_MS);

    expect(world.posted()).toEqual(['a', 'b']);
    expect(await world.states()).toEqual(['done']);
    expect(await world.destination()).not.toHaveProperty('trouble');
  });

  it.each([
    { what: 'blocked, and is looked at every hour', answer: BLOCKED, looks: 24 },
    { what: 'gone, and is looked at every day', answer: GONE, looks: 1 },
  ])('shows as $what', async ({ answer, looks }) => {
    const world = await shutOut({ isPosted: true, answer });
    const before = world.transport.lookUps.length;

    await world.passTo(SLOT + DAY_MS + HOUR_MS + 30 * MINUTE_MS, 10 * MINUTE_MS);

    const { kind, code } = answer;
    expect((await world.destination())?.trouble).toMatchObject({ kind, code });
    expect(world.transport.lookUps.length - before).toBe(looks);
    expect(world.attempts()).toHaveLength(1);
  });

  it.each([
    { what: 'blocked', answer: BLOCKED },
    { what: 'gone', answer: GONE },
  ])('has nothing planned anew while it is $what for days, and repeats nothing then', async ({ answer }) => {
    const world = await shutOut({ isPosted: true, answer });
    await world.passTo(SLOT + 3 * DAY_MS - 2 * HOUR_MS, HOUR_MS);
    world.list(['c']);
    expect(await world.states()).toEqual(['open']);

    letIn(world);
    await world.passTo(SLOT + 5 * DAY_MS, HOUR_MS);

    expect(world.posted()[0]).toBe('a');
    expect(world.posted().toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('stays uncertain for a process that starts later', async () => {
    const world = await shutOut({ isPosted: true });

    await world.restart();
    letIn(world);
    await world.passTo(SLOT + DAY_MS + 2 * HOUR_MS, 10 * MINUTE_MS);

    expect(world.posted()).toEqual(['a', 'b']);
  });

  it('repeats nothing after a pause, which gives up what was planned', async () => {
    const world = await shutOut({ isPosted: true });
    await world.pause();
    expect(await world.states()).toEqual(['open']);

    letIn(world);
    await world.passTo(SLOT + 3 * HOUR_MS, 10 * MINUTE_MS);
    expect(await world.states()).toEqual(['cancelled']);
    await world.resume();
    await world.passTo(SLOT + DAY_MS + HOUR_MS, 10 * MINUTE_MS);

    expect(world.posted()).toEqual(['a', 'b']);
  });

  it('is removed after 30 days away, and its delivery ends', async () => {
    const world = await shutOut({ isPosted: true, answer: GONE });

    await world.passTo(SLOT + 33 * DAY_MS, 6 * HOUR_MS);

    expect(await world.destination()).toBeUndefined();
    expect(await world.states()).toEqual(['cancelled']);
  });

  it('tells still, when it is removed, whether its last message is there', async () => {
    const world = await shutOut({ isPosted: true });
    await world.remove();
    expect(await world.states()).toEqual(['open']);

    letIn(world);
    await world.passTo(SLOT + 3 * HOUR_MS, 10 * MINUTE_MS);

    expect(await world.states()).toEqual(['cancelled']);
    expect([...(await world.records()).keys()]).toEqual(['a']);
  });
});
