import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { pauseDestination } from '../../../src/subscriptions/pause.ts';
import { CHANNEL, createFlowWorld, type FlowWorld } from '../../support/flow-world.ts';
import { letRun } from '../../support/scripted-clock.ts';

const SECOND = 'c100000000000000002';
const THIRD = 'c100000000000000003';
/** Tuesday 9 June 2026, nine in Berlin. */
const SLOT = Date.UTC(2026, 5, 9, 7);

interface Held {
  readonly world: FlowWorld;
  /** Lets whoever is planned send. */
  letSend(): Promise<void>;
}

/** Three channels are due; the first is planned and has no turn yet, and the others wait for their plan. */
async function hold(): Promise<Held> {
  const { promise: firstTurn, resolve } = Promise.withResolvers<void>();
  const world = createFlowWorld({ firstTurn });
  for (const id of [CHANNEL, SECOND, THIRD]) world.follow({ id });
  await world.clock.passTo(SLOT - MINUTE_MS);
  world.list(['a']);
  await world.passTo(SLOT);
  return {
    world,
    async letSend() {
      resolve();
      await letRun();
    },
  };
}

describe('a destination that is due and waits for its plan', () => {
  it('is started once, however many minutes pass', async () => {
    const { world, letSend } = await hold();
    await world.passTo(SLOT + 5 * MINUTE_MS);
    expect(world.attempts()).toEqual([]);

    await letSend();
    await world.passTo(SLOT + 10 * MINUTE_MS);

    for (const id of [CHANNEL, SECOND, THIRD]) expect(world.attempts(id)).toHaveLength(1);
  });

  it('gets nothing when it is paused meanwhile, and holds up nobody', async () => {
    const { world, letSend } = await hold();
    world.change((destination) => pauseDestination(destination, world.clock.now()), SECOND);
    await world.flow().cancel(SECOND, 'paused');

    await letSend();

    expect([world.posted(SECOND), world.posted(THIRD)]).toEqual([[], ['a']]);
  });

  it('gets the papers that there are when its plan is made', async () => {
    const { world, letSend } = await hold();
    world.list(['a', 'b']);

    await letSend();

    expect([world.posted(CHANNEL), world.posted(SECOND)]).toEqual([['a'], ['a', 'b']]);
  });

  it('is left to the next start when the process stops', async () => {
    const { world, letSend } = await hold();
    const drained = world.flow().drain();

    await letSend();
    await drained;

    expect(world.attempts(SECOND)).toEqual([]);
    expect(world.deliveries().map(({ destinationId }) => destinationId)).not.toContain(SECOND);
  });
});
