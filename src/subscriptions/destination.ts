import type { Instant, Weekday } from '../calendar/zoned-time.ts';

/** A time of day on chosen weekdays, by the clocks of a zone. */
export interface Schedule {
  /** Minute of the local day, 0 to 1439; `instantly` follows each collection instead. */
  readonly at: number | 'instantly';
  /** IANA zone. */
  readonly zone: string;
  /** Sorted, not empty. */
  readonly days: readonly Weekday[];
}

export type ChannelKind = 'text' | 'announcement' | 'thread' | 'forum';

export type Place =
  | {
      readonly kind: 'channel';
      readonly channelId: string;
      readonly guildId: string;
      readonly channelKind: ChannelKind;
    }
  /** `channelId` is the DM channel, known once it was opened. */
  | { readonly kind: 'dm'; readonly userId: string; readonly channelId?: string };

/** Why nothing gets through at present; `since` and `attemptedAt` are instants. */
export interface Trouble {
  readonly kind: 'blocked' | 'gone' | 'refused';
  /** Discord's error code, such as 50013. */
  readonly code: number;
  readonly since: Instant;
  readonly attemptedAt: Instant;
}

export type DigestStyle = 'cards' | 'compact' | 'threads';

/** One place papers go, with when and how. */
export interface Destination {
  /** See `destinationId`. */
  readonly id: string;
  readonly place: Place;
  readonly schedule: Schedule;
  readonly style: DigestStyle;
  /** Cards in a digest, 1 to 25. */
  readonly max: number;
  /** What becomes of papers over `max`. */
  readonly rest: 'list' | 'hide';
  /** Role id, mentioned once per digest. */
  readonly mention?: string;
  /** Nothing is due at or before this instant: first subscription, last change of schedule, or resume. */
  readonly scheduledSince: Instant;
  /** The last slot that was decided, whatever came of it. */
  readonly decidedSlot?: Instant;
  /** The last slot whose papers all went out, or that had none; the window of the next digest begins from it. */
  readonly coveredSlot?: Instant;
  /** Since when it follows each collection: what was first seen before never comes. Only with `instantly`. */
  readonly instantlySince?: Instant;
  readonly lastDeliveredAt?: Instant;
  /** When its role was last mentioned. */
  readonly mentionedAt?: Instant;
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
