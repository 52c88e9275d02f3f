import type { Instant } from '../calendar/zoned-time.ts';
import type { Delivery } from './delivery.ts';

/** Deliveries and sent marks. A write is on disk when its promise resolves. Raises `StorageError`. */
export interface DeliveryStore {
  /** Open deliveries, oldest plan first. */
  open(): readonly Delivery[];
  /** Those of one destination, which has one at most. */
  openOf(destinationId: string): readonly Delivery[];
  /** Any delivery of the last 30 days. */
  get(id: string): Promise<Delivery | undefined>;
  /** Of a plan that was saved before, only how it went may have changed. */
  save(delivery: Delivery): Promise<void>;
  /** The papers sent to a destination within the last year, or passed over for good, with the instant of each. */
  sentPapers(destinationId: string): Promise<ReadonlyMap<string, Instant>>;
  /** Repeating it is harmless; the first instant of a paper is kept. */
  markSent(destinationId: string, paperIds: readonly string[], at: Instant): Promise<void>;
  /** Of the papers in `sentPapers`, those that nobody saw. */
  passedOver(destinationId: string): Promise<ReadonlySet<string>>;
  /** As `markSent`. */
  markPassedOver(destinationId: string, paperIds: readonly string[], at: Instant): Promise<void>;
  /** Forgets what was sent to a destination, for a person who wants it so; harmless to repeat. */
  forget(destinationId: string): Promise<void>;
}
