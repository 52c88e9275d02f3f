import type { Instant } from './calendar.ts';
import type { PostedMessage } from './shown.ts';

/** When and how a server reads together, every week. */
export interface GroupSchedule {
  /** 1 is Monday. */
  readonly weekday: number;
  /** Of the local day. */
  readonly minute: number;
  readonly zone: string;
  /** How long a meeting takes. */
  readonly minutes: number;
  readonly pollHours: number;
  /** Days between the end of the poll and the meeting. */
  readonly readDays: number;
  /** Ids of people, in turn. */
  readonly presenters: readonly string[];
}

/** What somebody asked for, in real instants; between the two it may have had its effect or not. Infinity: never answered. */
interface Asked {
  readonly sentAt: Instant;
  readonly ackedAt: Instant;
}

export interface NominationChange extends Asked {
  readonly paperId: string;
  readonly isNominated: boolean;
}

/** A vote, by the number of an answer from 1; a later one of the same person takes its place. */
export interface Ballot extends Asked {
  /** With the buttons, or of Discord's own poll. */
  readonly messageId: string;
  readonly userId: string;
  readonly answer: number;
}

/** Somebody who may decide begins a poll, or ends the one that is open. */
export interface Decision extends Asked {
  readonly kind: 'poll' | 'end';
}

export interface SeenEvent {
  readonly id: string;
  /** On the replayed clock, as all times of an event that people see. */
  readonly madeAt: Instant;
  readonly name: string;
  readonly about: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** When it was to begin before somebody moved it, in order; `until` is real. */
  readonly earlier: readonly { readonly startsAt: Instant; readonly until: Instant }[];
  /** Real. */
  readonly deletedAt?: Instant;
}

/** A server's reading group: what people did, and what they found in Discord. */
export interface GroupHistory {
  readonly guildId: string;
  readonly channelId: string;
  readonly hasPolls: boolean;
  /** With when it was set; absent where that was never answered. */
  readonly schedule?: GroupSchedule & Asked;
  readonly nominations: readonly NominationChange[];
  readonly ballots: readonly Ballot[];
  readonly decisions: readonly Decision[];
  /** Polls that a moderator deleted, as they stood then. */
  readonly deleted: readonly { readonly message: PostedMessage; readonly at: Instant }[];
  readonly events: readonly SeenEvent[];
  /** How many orders were never answered. */
  readonly unanswered: number;
}
