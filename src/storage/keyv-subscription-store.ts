import type { SubscriptionStore } from '../subscriptions/stores.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { freezeDeeply } from './freeze-deeply.ts';
import { createKeyedQueue } from './keyed-queue.ts';
import type { Records } from './keyv-records.ts';

/** The subscriptions of a destination under its id, held in memory; on disk before anybody reads them. */
export async function createKeyvSubscriptionStore(
  records: Records<readonly Subscription[]>,
): Promise<SubscriptionStore> {
  const lists = await records.load();
  const queue = createKeyedQueue();
  return {
    list: (destinationId) => lists.get(destinationId) ?? [],
    update: (destinationId, change) =>
      queue(destinationId, async () => {
        const present = lists.get(destinationId) ?? [];
        const changed = change(present);
        if (changed === present) return present;
        const next = freezeDeeply(changed);
        if (next.length === 0) {
          await records.remove(destinationId);
          lists.delete(destinationId);
        } else {
          await records.set(destinationId, next);
          lists.set(destinationId, next);
        }
        return next;
      }),
  };
}
