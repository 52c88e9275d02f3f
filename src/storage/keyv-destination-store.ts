import type { Destination } from '../subscriptions/destination.ts';
import type { DestinationStore } from '../subscriptions/stores.ts';
import { freezeDeeply } from './freeze-deeply.ts';
import { createKeyedQueue } from './keyed-queue.ts';
import type { Records } from './keyv-records.ts';

/** Destinations in Keyv, held in memory; a write is on disk before anybody reads it. */
export async function createKeyvDestinationStore(records: Records<Destination>): Promise<DestinationStore> {
  const destinations = await records.load();
  const queue = createKeyedQueue();
  return {
    get: (id) => destinations.get(id),
    list: () => [...destinations.values()],
    update: (id, change) =>
      queue(id, async () => {
        const present = destinations.get(id);
        const changed = change(present);
        if (changed === present) return present;
        const next = freezeDeeply(changed);
        if (next === undefined) {
          await records.remove(id);
          destinations.delete(id);
        } else {
          await records.set(id, next);
          destinations.set(id, next);
        }
        return next;
      }),
  };
}
