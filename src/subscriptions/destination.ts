import type { Day, Instant, Weekday } from '../calendar/zoned-time.ts';
import type { Subscription } from './subscription.ts';

/** A time of day on chosen weekdays, by the clocks of a zone. */
export interface Schedule {
  /** Minute of the local day, 0 to 1439; `instantly` follows each collection instead. */
  readonly at: number | 'instantly';
  /** IANA zone. */
  readonly zone: string;
  /** Sorted, not empty. */
  readonly days: readonly Weekday[];
}

/** When the roundups of a destination come, by the clocks of its zone. */
export interface RoundupSchedule {
  /** Weekly on a weekday, or monthly on the first. */
  readonly on: Weekday | 'first';
  /** Minute of the local day. */
  readonly at: number;
}

export type ChannelKind = 'text' | 'announcement' | 'thread' | 'forum';

export interface ChannelPlace {
  readonly kind: 'channel';
  readonly channelId: string;
  readonly guildId: string;
  readonly channelKind: ChannelKind;
}

interface DmPlace {
  readonly kind: 'dm';
  readonly userId: string;
  /** The DM channel, known once it was opened. */
  readonly channelId?: string;
}

export type Place = ChannelPlace | DmPlace;

/** A place that a message can be sent to at once. */
export type OpenPlace = ChannelPlace | (DmPlace & { readonly channelId: string });

/**
 * Why nothing gets through at present. `gone`: the place is not there any more; `blocked`: a right is missing or a limit
 * is reached; `dms-closed`: the person takes no direct messages from the bot.
 */
export interface Trouble {
  readonly kind: 'blocked' | 'gone' | 'dms-closed';
  /** Discord's error code, such as 50013. */
  readonly code: number;
  readonly since: Instant;
  /** When Discord last said so. */
  readonly triedAt: Instant;
  /** On how many looks a place was gone, those within hours of another not counted. */
  readonly looks?: number;
}

/** `embeds`: cards as embeds, for apps and bridges that show no Components V2. */
export type DigestStyle = 'cards' | 'compact' | 'threads' | 'embeds';

/** One place papers go, with what it follows, and when and how its digests come. */
export interface Destination {
  /** See `destinationId`. */
  readonly id: string;
  readonly place: Place;
  /** In the order they were made; never empty. */
  readonly subscriptions: readonly Subscription[];
  readonly schedule: Schedule;
  readonly style: DigestStyle;
  /** Cards in a digest, 1 to 25. */
  readonly max: number;
  /** What becomes of papers over `max`. */
  readonly overflow: 'list' | 'hide';
  /** When a roundup comes beside the digests. */
  readonly roundup?: RoundupSchedule & {
    /** The first slot that is not decided yet. */
    readonly nextAt: Instant;
  };
  /** Role id, mentioned at most once per local day. */
  readonly mention?: string;
  /** The first slot that is not decided yet. With `instantly`, every minute from this one on can be a slot. */
  readonly nextSlot: Instant;
  /** The last slot whose papers all went out, or that had none; the window of the next digest begins from it. */
  readonly coveredSlot?: Instant;
  /** The local day of the last mention. */
  readonly mentionedOn?: Day;
  readonly lastDeliveredAt?: Instant;
  readonly pausedAt?: Instant;
  readonly trouble?: Trouble;
  readonly createdAt: Instant;
}

/** `c` or `u` and the snowflake of the channel or user. */
export function destinationId(
  place: { kind: 'channel'; channelId: string } | { kind: 'dm'; userId: string },
): string {
  return place.kind === 'channel' ? `c${place.channelId}` : `u${place.userId}`;
}

/** The kind of the place that an id of `destinationId` is of. */
export function kindOfDestination(id: string): Place['kind'] {
  return id.startsWith('u') ? 'dm' : 'channel';
}

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
