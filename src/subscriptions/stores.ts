import type { Destination } from './destination.ts';
import type { Subscription } from './subscription.ts';

/**
 * Destinations by id. Reads are of one consistent state; a change is on disk when its promise resolves. Changes of
 * one destination are applied one after the other. Raises `StorageError`, and then nothing has changed.
 */
export interface DestinationStore {
  get(id: string): Destination | undefined;
  list(): readonly Destination[];
  /** `change` gets the present value and returns the new one; undefined removes it. Returns the new value. */
  update(
    id: string,
    change: (present: Destination | undefined) => Destination | undefined,
  ): Promise<Destination | undefined>;
}

/** The subscriptions of each destination, in the order they were made; same promises as `DestinationStore`. */
export interface SubscriptionStore {
  list(destinationId: string): readonly Subscription[];
  /** `change` gets the present list and returns the new one; it may raise a `UserError` to leave it as it is. */
  update(
    destinationId: string,
    change: (present: readonly Subscription[]) => readonly Subscription[],
  ): Promise<readonly Subscription[]>;
}
