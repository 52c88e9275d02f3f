import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import type { Destination } from '../../../src/subscriptions/destination.ts';
import { CHANNEL, createWorldBeforeSlot, SLOT } from '../../support/delivery-world.ts';

describe('a digest that was chosen and is not written yet', () => {
  const raised = ({ subscriptions, ...rest }: Destination): Destination => ({
    ...rest,
    subscriptions: subscriptions.map((one) => ({ ...one, minUpvotes: 20 })),
  });

  it.each<[string, (present: Destination) => Destination | undefined]>([
    ['a pause', (present) => ({ ...present, pausedAt: SLOT })],
    ['a higher threshold', raised],
    ['another time', (present) => ({ ...present, nextSlot: SLOT + 60 * MINUTE_MS })],
    ['the end of it all', () => undefined],
  ])('is not sent after %s', async (_, make) => {
    const world = await createWorldBeforeSlot();
    world.list(['a']);
    world.setWrite(async (apply, what) => {
      if (what.startsWith('plan for')) {
        await world.ledger.destinations.change(CHANNEL, (present) => ({
          destination: present && make(present),
        }));
      }
      return apply();
    });

    await world.passTo(SLOT + 2 * MINUTE_MS);

    expect(await world.deliveries()).toEqual([]);
    expect(world.attempts()).toEqual([]);
  });

  it('is chosen afresh after a topic was added', async () => {
    const world = await createWorldBeforeSlot();
    world.list(['a']);
    world.setWrite(async (apply, what) => {
      world.setWrite();
      if (what.startsWith('plan for')) await world.follow({}, { topic: { name: 'Mamba', query: 'mamba' } });
      return apply();
    });

    await world.passTo(SLOT + 2 * MINUTE_MS);

    expect(world.posts().map(({ papers, at }) => [papers, at])).toEqual([[['a'], SLOT + MINUTE_MS]]);
  });
});
