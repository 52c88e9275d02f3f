import type { Instant } from '../calendar/zoned-time.ts';
import type { Destination } from '../subscriptions/destination.ts';
import type { PaperFollow } from '../subscriptions/follow-paper.ts';
import type { Delivery, PaperRecord } from './delivery.ts';
import type { Transition } from './transitions.ts';

export interface OpenDelivery {
  readonly id: string;
  readonly destinationId: string;
  readonly kind: 'channel' | 'dm';
}

/** A delivery with its destination, which may be removed, as of one instant. */
export interface DeliveryView {
  readonly delivery: Delivery;
  readonly destination: Destination | undefined;
}

/** Deliveries, their steps, and what became of each paper. A write is on disk when its promise resolves. Raises `StorageError`. */
export interface DeliveryLedger {
  /**
   * One transaction: locks the destination, lets `decide` look at it once more, and writes the plan. False when `decide`
   * says no, or the destination has another open delivery. `followed`: the papers that are followed there, for a notice.
   */
  plan(
    delivery: Delivery,
    decide: (destination: Destination | undefined, followed: readonly PaperFollow[]) => boolean,
  ): Promise<boolean>;
  /** One transaction: locks the destination, and writes what `decide` makes of the delivery. Undefined when nothing was written. */
  transition(
    id: string,
    decide: (view: DeliveryView) => Transition | undefined,
  ): Promise<DeliveryView | undefined>;
  get(id: string): Promise<DeliveryView | undefined>;
  /** Every open one, the oldest first. */
  open(): Promise<readonly OpenDelivery[]>;
  openOf(destinationId: string): Promise<Delivery | undefined>;
  /** Closed ones of the last 30 days, newest first; those that were closed later than `until` were so by a wrong clock. */
  latestOf(destinationId: string, limit: number, until?: Instant): Promise<readonly Delivery[]>;
  /** When a sample of the subscription was sent last. */
  lastSample(subscriptionId: string): Promise<Instant | undefined>;
  /** By paper id: what became of these papers there, or of all, for a year. */
  recordsOf(destinationId: string, paperIds?: readonly string[]): Promise<ReadonlyMap<string, PaperRecord>>;
  /** Forgets what became of the papers there, for a person who wants it so. Repeating it is harmless. */
  forget(destinationId: string): Promise<void>;
}
