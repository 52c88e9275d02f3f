import type { Instant } from '../../src/calendar/zoned-time.ts';
import type { DeliveryStore } from '../../src/digest/delivery-store.ts';
import type { Delivery } from '../../src/digest/delivery.ts';
import type { Destination } from '../../src/subscriptions/destination.ts';
import type { DestinationStore, SubscriptionStore } from '../../src/subscriptions/stores.ts';
import type { Subscription } from '../../src/subscriptions/subscription.ts';

/** What outlives a process. */
export interface MemoryDisk {
  readonly destinations: Map<string, Destination>;
  readonly subscriptions: Map<string, readonly Subscription[]>;
  readonly deliveries: Map<string, Delivery>;
  readonly sentMarks: Map<string, Map<string, Instant>>;
  readonly passedOver: Map<string, ReadonlySet<string>>;
}

export interface MemoryStores {
  readonly destinations: DestinationStore;
  readonly subscriptions: SubscriptionStore;
  readonly deliveries: DeliveryStore;
}

/** Makes one write happen, or raises before or after it. `what` names the write. */
export type Write = (apply: () => void, what: string) => void;

export const writeThrough: Write = (apply) => {
  apply();
};

export function createMemoryDisk(): MemoryDisk {
  return {
    destinations: new Map(),
    subscriptions: new Map(),
    deliveries: new Map(),
    sentMarks: new Map(),
    passedOver: new Map(),
  };
}

export function createMemoryStores(disk: MemoryDisk, write: Write = writeThrough): MemoryStores {
  return {
    destinations: {
      get: (id) => disk.destinations.get(id),
      list: () => [...disk.destinations.values()],
      async update(id, change) {
        const next = change(disk.destinations.get(id));
        write(() => put(disk.destinations, id, next), `destination ${id}`);
        return next;
      },
    },
    subscriptions: {
      list: (id) => disk.subscriptions.get(id) ?? [],
      async update(id, change) {
        const next = change(disk.subscriptions.get(id) ?? []);
        write(() => put(disk.subscriptions, id, next.length > 0 ? next : undefined), `subscriptions ${id}`);
        return next;
      },
    },
    deliveries: createMemoryDeliveries(disk, write),
  };
}

function createMemoryDeliveries(disk: MemoryDisk, write: Write): DeliveryStore {
  function mark(destinationId: string, paperIds: readonly string[], at: Instant): void {
    const marks = new Map(disk.sentMarks.get(destinationId));
    for (const id of paperIds) marks.set(id, marks.get(id) ?? at);
    disk.sentMarks.set(destinationId, marks);
  }

  const open = () =>
    [...disk.deliveries.values()]
      .filter(({ state }) => state === 'open')
      .toSorted((a, b) => a.plannedAt - b.plannedAt);

  return {
    open,
    openOf: (destinationId) => open().filter((delivery) => delivery.destinationId === destinationId),
    get: async (id) => disk.deliveries.get(id),
    async save(delivery) {
      write(() => disk.deliveries.set(delivery.id, delivery), `delivery of ${delivery.destinationId}`);
    },
    sentPapers: async (destinationId) => new Map(disk.sentMarks.get(destinationId)),
    async markSent(destinationId, paperIds, at) {
      write(() => mark(destinationId, paperIds, at), `sent marks of ${destinationId}`);
    },
    passedOver: async (destinationId) => disk.passedOver.get(destinationId) ?? new Set(),
    async markPassedOver(destinationId, paperIds, at) {
      write(() => {
        mark(destinationId, paperIds, at);
        disk.passedOver.set(
          destinationId,
          new Set([...(disk.passedOver.get(destinationId) ?? []), ...paperIds]),
        );
      }, `sent marks of ${destinationId}`);
    },
    async forget(destinationId) {
      write(() => {
        disk.sentMarks.delete(destinationId);
        disk.passedOver.delete(destinationId);
        for (const [id, delivery] of disk.deliveries) {
          if (delivery.destinationId === destinationId && delivery.state !== 'open')
            disk.deliveries.delete(id);
        }
      }, `sent marks of ${destinationId}`);
    },
  };
}

function put<T>(map: Map<string, T>, key: string, value: T | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
