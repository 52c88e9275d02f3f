import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { pauseDestination, resumeDestination } from '../../../src/subscriptions/pause.ts';
import { CHANNEL, createFlowWorld, type FlowWorld } from '../../support/flow-world.ts';

const SLOT = Date.UTC(2026, 5, 9, 7);
/** The answer was lost on its way, and the medium asks for time. */
const LOST = { kind: 'failed', message: 'hung up', unknownFate: true, retryAfter: HOUR_MS } as const;

/** A digest of three messages; of the first nobody knows what became of it, and the medium answers nothing. */
async function loseFirstAnswer({ isPosted }: { isPosted: boolean }): Promise<FlowWorld> {
  const world = createFlowWorld({ perStep: 1 });
  world.follow();
  await world.clock.passTo(SLOT - MINUTE_MS);
  world.list(['a', 'b', 'c']);
  world.messenger.answer(CHANNEL, { ...LOST, effect: isPosted });
  world.messenger.see('unanswered');
  await world.passTo(SLOT);
  return world;
}

async function pause(world: FlowWorld): Promise<void> {
  world.change((destination) => pauseDestination(destination, world.clock.now()));
  await world.flow().cancel(CHANNEL, 'paused');
}

const states = (world: FlowWorld) => world.deliveries().map(({ state }) => state);

describe('a cancelled delivery whose last attempt cannot be looked up', () => {
  it('stays open and sends nothing, though the medium takes messages again', async () => {
    const world = await loseFirstAnswer({ isPosted: true });

    await world.flow().cancel(CHANNEL, 'unsubscribed');
    await world.passTo(SLOT + 10 * MINUTE_MS);

    expect(states(world)).toEqual(['open']);
    expect(world.attempts()).toHaveLength(1);
  });

  it('counts what it finds later, and the rest is planned afresh', async () => {
    const world = await loseFirstAnswer({ isPosted: true });
    await world.flow().cancel(CHANNEL, 'unsubscribed');
    await world.passTo(SLOT + 10 * MINUTE_MS);

    world.messenger.see('honest');
    await world.passTo(SLOT + 12 * MINUTE_MS);

    expect(states(world)).toEqual(['cancelled', 'done']);
    expect(world.posted()).toEqual(['a', 'b', 'c']);
  });

  it('frees what is not there', async () => {
    const world = await loseFirstAnswer({ isPosted: false });
    await world.flow().cancel(CHANNEL, 'unsubscribed');

    world.messenger.see('honest');
    await world.passTo(SLOT + 2 * MINUTE_MS);

    expect(states(world)).toEqual(['cancelled', 'done']);
    expect(world.posted()).toEqual(['a', 'b', 'c']);
  });

  it('is still cancelled for a process that starts later', async () => {
    const world = await loseFirstAnswer({ isPosted: true });
    await world.flow().cancel(CHANNEL, 'unsubscribed');
    await world.clock.passTo(SLOT + 10 * MINUTE_MS);

    await world.restart();
    await world.passTo(SLOT + 12 * MINUTE_MS);

    expect(states(world)).toEqual(['open']);
    expect(world.attempts()).toHaveLength(1);
  });

  it('keeps its papers from coming again after days', async () => {
    const world = await loseFirstAnswer({ isPosted: true });
    await world.flow().cancel(CHANNEL, 'unsubscribed');
    await world.passTo(SLOT + DAY_MS + HOUR_MS, 10 * MINUTE_MS);

    world.messenger.see('honest');
    await world.passTo(SLOT + DAY_MS + HOUR_MS + 2 * MINUTE_MS);

    expect(world.posted()).toEqual(['a', 'b', 'c']);
  });

  it('closes at once where nobody will ever be able to tell', async () => {
    const world = await loseFirstAnswer({ isPosted: true });
    world.messenger.see('unknown');

    await world.flow().cancel(CHANNEL, 'unsubscribed');

    expect(states(world)).toEqual(['cancelled']);
  });
});

describe('a paused channel', () => {
  it('gives nothing up before the medium can tell, and repeats nothing after the resume', async () => {
    const world = await loseFirstAnswer({ isPosted: true });
    await pause(world);
    await world.passTo(SLOT + HOUR_MS);
    expect(states(world)).toEqual(['open']);
    world.messenger.see('honest');
    await world.passTo(SLOT + 2 * HOUR_MS);

    world.change((destination) => resumeDestination(destination, world.clock.now()));
    await world.passTo(SLOT + DAY_MS + MINUTE_MS, 10 * MINUTE_MS);

    expect(world.posted()).toEqual(['a', 'b', 'c']);
  });

  it('does so too when its process ended between the pause and the cancelling', async () => {
    const world = await loseFirstAnswer({ isPosted: true });
    world.change((destination) => pauseDestination(destination, world.clock.now()));
    await world.clock.passTo(SLOT + 10 * MINUTE_MS);
    await world.restart();

    world.change((destination) => resumeDestination(destination, world.clock.now()));
    await world.passTo(SLOT + HOUR_MS);

    expect(states(world)).toEqual(['open']);
    expect(world.attempts()).toHaveLength(1);
  });
});
