import { setTimeout } from 'node:timers/promises';
import type { Channel } from '../channel.ts';
import { type Afterthought, orderAfter, pickAfterthought, pickOrder, pickPaperOrder } from '../orders.ts';
import { pickNumber } from '../random.ts';
import type { Order } from '../settings.ts';
import { beside, count, type Fault, pickChannel, type Storm } from './fault.ts';

/** What people do meanwhile. */
export const PEOPLE_FAULTS: readonly Fault[] = [
  {
    name: 'orders',
    says: 'People give orders in the middle of deliveries.',
    weight: 12,
    start(storm) {
      const newest = storm.world.source.newestPapers();
      for (let orders = pickNumber(storm.random, 1, 6); orders > 0; orders -= 1) giveOne(storm, newest);
    },
  },
];

function giveOne(storm: Storm, newest: readonly string[]): void {
  const { random, tally, met } = storm;
  const channel = pickChannel(storm);
  const order = channel && (pickPaperOrder(channel, newest, random) ?? pickOrder(channel, random));
  if (channel === undefined || order === undefined) return;
  met();
  count(tally, order.kind);
  beside(storm, giveWithAfterthought(storm, channel, { order, afterthought: pickAfterthought(random) }));
}

/** Somebody may undo what was followed, in time or too late, or choose another zone. */
async function giveWithAfterthought(
  { tally }: Storm,
  channel: Channel,
  { order, afterthought }: { readonly order: Order; readonly afterthought: Afterthought },
): Promise<void> {
  await channel.give(order);
  if (order.kind !== 'follow') return;
  await setTimeout(afterthought.afterMs);
  const second = orderAfter(channel, order, afterthought);
  if (second === undefined || channel.isBusy || channel.deletedAt !== undefined) return;
  count(tally, second.kind);
  await channel.give(second);
}
