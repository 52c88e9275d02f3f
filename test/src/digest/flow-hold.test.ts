import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { pauseDestination, resumeDestination } from '../../../src/subscriptions/pause.ts';
import { CHANNEL, createFlowWorld, type FlowWorld } from '../../support/flow-world.ts';

const SLOT = Date.UTC(2026, 5, 9, 7);
const LOST = { kind: 'failed', message: 'hung up', unknownFate: true, retryAfter: HOUR_MS } as const;
const BLOCKED = { kind: 'blocked', code: 50001, message: 'Missing Access' } as const;
const GONE = { kind: 'gone', code: 10004, message: 'Unknown Guild' } as const;

/** A digest of two messages; nobody knows what became of the first, and then nobody is let in. */
async function shutOut({
  isPosted,
  answer = BLOCKED,
}: {
  isPosted: boolean;
  answer?: typeof BLOCKED | typeof GONE;
}): Promise<FlowWorld> {
  const world = createFlowWorld({ perStep: 1 });
  world.follow();
  await world.clock.passTo(SLOT - MINUTE_MS);
  world.list(['a', 'b']);
  world.messenger.answer(CHANNEL, { ...LOST, effect: isPosted });
  await world.passTo(SLOT);
  world.messenger.see('unknown');
  world.messenger.answerAlways(CHANNEL, answer);
  await world.passTo(SLOT + HOUR_MS + MINUTE_MS);
  return world;
}

function letIn(world: FlowWorld): void {
  world.messenger.see('honest');
  world.messenger.answerAlways(CHANNEL, undefined);
}

const states = (world: FlowWorld) => world.deliveries().map(({ state }) => state);

describe('a place that lets nobody in after an attempt of unknown fate', () => {
  it.each([
    { what: 'was posted', isPosted: true },
    { what: 'was not posted', isPosted: false },
  ])('gets each paper once when it is open again and the message $what', async ({ isPosted }) => {
    const world = await shutOut({ isPosted });

    letIn(world);
    await world.passTo(SLOT + HOUR_MS + 15 * MINUTE_MS);

    expect(world.posted()).toEqual(['a', 'b']);
    expect(states(world)).toEqual(['done']);
    expect(world.destination()).not.toHaveProperty('trouble');
  });

  it('shows as blocked and is asked every ten minutes', async () => {
    const world = await shutOut({ isPosted: true });
    const before = world.attempts().length;

    await world.passTo(SLOT + 2 * HOUR_MS + MINUTE_MS);

    expect(world.destination()?.trouble).toMatchObject({ kind: 'blocked', code: 50001 });
    expect(world.attempts().length - before).toBe(6);
  });

  it.each([
    { what: 'refused', answer: BLOCKED },
    { what: 'not there', answer: GONE },
  ])('has nothing planned anew while it is $what for days, and repeats nothing then', async ({ answer }) => {
    const world = await shutOut({ isPosted: true, answer });
    await world.passTo(SLOT + 3 * DAY_MS - 2 * HOUR_MS, 10 * MINUTE_MS);
    world.list(['c']);
    expect(states(world)).toEqual(['open']);

    letIn(world);
    await world.passTo(SLOT + 5 * DAY_MS, 10 * MINUTE_MS);

    expect(world.posted()).toEqual(['a', 'c', 'b']);
  });

  it('stays of unknown fate for a process that starts later', async () => {
    const world = await shutOut({ isPosted: true });

    await world.restart();
    letIn(world);
    await world.passTo(SLOT + DAY_MS + HOUR_MS);

    expect(world.posted()).toEqual(['a', 'b']);
  });

  it('repeats nothing after a pause, which cancels what was planned', async () => {
    const world = await shutOut({ isPosted: true });
    world.change((destination) => pauseDestination(destination, world.clock.now()));
    await world.flow().cancel(CHANNEL, 'paused');
    expect(states(world)).toEqual(['open']);

    letIn(world);
    await world.passTo(SLOT + 2 * HOUR_MS);
    world.change((destination) => resumeDestination(destination, world.clock.now()));
    await world.passTo(SLOT + DAY_MS + HOUR_MS, 10 * MINUTE_MS);

    expect(world.posted()).toEqual(['a', 'b']);
  });

  it('is removed after 30 days away, and its delivery with it', async () => {
    const world = await shutOut({ isPosted: true, answer: GONE });

    await world.passTo(SLOT + 32 * DAY_MS, HOUR_MS);

    expect(world.destination()).toBeUndefined();
    expect(states(world)).toEqual(['cancelled']);
  });

  it('gets the paper once more, lest it is lost, where its history can never be read', async () => {
    const world = await shutOut({ isPosted: false });

    world.messenger.answerAlways(CHANNEL, undefined);
    await world.passTo(SLOT + 2 * HOUR_MS);

    expect(world.posted()).toEqual(['a', 'b']);
    expect(world.deliveries()[0]?.steps[0]?.outcome).toMatchObject({ unconfirmed: true });
  });
});
