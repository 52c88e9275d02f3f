import type { Instant } from '../calendar/zoned-time.ts';
import type { Destination } from './destination.ts';

/** Why an open delivery is given up. */
export type GiveUpReason = 'paused' | 'removed' | 'unfollowed' | 'gone';

export interface DestinationChange {
  /** Undefined removes the destination with its subscriptions; what was sent there stays recorded. */
  readonly destination: Destination | undefined;
  /** Gives up the open delivery of the destination, if there is one. */
  readonly giveUp?: GiveUpReason;
}

export interface DueDestination {
  readonly id: string;
  readonly kind: 'channel' | 'dm';
}

/** Destinations with their subscriptions. A change is on disk when its promise resolves. Raises `StorageError`. */
export interface DestinationStore {
  get(id: string): Promise<Destination | undefined>;
  /** Those of a server, oldest first. */
  ofGuild(guildId: string): Promise<readonly Destination[]>;
  /** Not paused, and with a next slot at or before `now`; the oldest slot first. By an index. */
  due(now: Instant): Promise<readonly DueDestination[]>;
  /**
   * Not paused, and with a roundup at or before `now`, or further ahead than roundups are apart: a wrong clock wrote
   * that. By an index.
   */
  roundupsDue(now: Instant): Promise<readonly DueDestination[]>;
  /** Not paused, and with a next slot later than one of these, by its schedule. For slots that a wrong clock set. */
  dueAfter(limit: { readonly timed: Instant; readonly instantly: Instant }): Promise<readonly Destination[]>;
  /** Places that are gone and were last asked for at or before `triedUntil`, or (by a wrong clock) later than `now`. */
  gone(triedUntil: Instant, now: Instant): Promise<readonly DueDestination[]>;
  /**
   * One transaction: locks the destination, lets `decide` choose from what is there, and writes that. `decide` may raise
   * a `UserError`, and then nothing changes. It may run more than once, and must only compute.
   */
  change(
    id: string,
    decide: (present: Destination | undefined) => DestinationChange,
  ): Promise<Destination | undefined>;
  /** For the health page. */
  summary(): Promise<{ readonly destinations: number; readonly lastDeliveredAt?: Instant }>;
}
