import type { Day, Instant } from './calendar.ts';
import type { GroupHistory } from './group-history.ts';
import type { Timeline } from '../timeline.ts';
import type { PostedMessage } from './shown.ts';

/** An instant of which only the bounds are known: a command takes effect between its sending and its answer. */
export interface Between {
  readonly earliest: Instant;
  readonly latest: Instant;
}

export interface Following {
  readonly query: string;
  readonly minUpvotes: number;
  /** On the replayed clock. */
  readonly since: Between;
}

/** What a destination was told, as the answers to commands acknowledged it. */
export interface Settings {
  readonly follows: readonly Following[];
  /** Minute of the local day; without meaning while papers come instantly. */
  readonly minute: number;
  /** On the replayed clock: since when papers come with each collection; absent where they come at a time of day. */
  readonly instantSince?: Between;
  readonly zone: string;
  /** 1 is Monday. */
  readonly days: readonly number[];
  readonly style: string;
  readonly max: number;
  readonly rest: string;
  readonly mention?: string;
  /** Weekly, on a weekday at a minute of the local day. */
  readonly roundup?: {
    readonly on: number;
    readonly minute: number;
    /** On the replayed clock: none is due at or before it. */
    readonly since: Between;
  };
  readonly isPaused: boolean;
  /** On the replayed clock: nothing is due at or before it. */
  readonly scheduledSince: Between;
}

/** One command, in real instants; between the two it may have taken effect or not. Infinity: never acknowledged. */
export interface Change {
  readonly sentAt: Instant;
  readonly ackedAt: Instant;
  /** Undefined: nothing is followed any more. */
  readonly settings: Settings | undefined;
  /** It stops what is on its way. */
  readonly cancels: boolean;
  /** The slot that the answer named, on the replayed clock. */
  readonly named?: Instant;
}

/** That a paper is followed from now on, or no longer; real instants, as in `Change`. */
export interface PaperChange {
  readonly sentAt: Instant;
  readonly ackedAt: Instant;
  readonly paperId: string;
  readonly isFollowed: boolean;
}

export interface Sample {
  /** Real. */
  readonly pressedAt: Instant;
}

/** A forum gets a post for each paper, and direct messages have to be opened before the first one. */
export type PlaceKind = 'text' | 'forum' | 'dm';

export interface DestinationHistory {
  readonly channelId: string;
  readonly kind: PlaceKind;
  readonly changes: readonly Change[];
  /** Of papers whose news are told there. */
  readonly paperChanges: readonly PaperChange[];
  readonly samples: readonly Sample[];
  /** Real. */
  readonly deletedAt?: Instant;
  /** Without it nobody can look for a message that is uncertain. */
  readonly canReadHistory: boolean;
  /** How many commands were never answered. */
  readonly unanswered: number;
}

/** A list that Hugging Face gave whole. */
export interface Listing extends OfReplica {
  /** Real. */
  readonly at: Instant;
  readonly day: Day;
  readonly papers: readonly ListedPaper[];
}

/** What Hugging Face said of one paper, asked for by itself. */
export interface Visit {
  /** Real. */
  readonly at: Instant;
  readonly paper: ListedPaper;
}

export interface ListedPaper {
  readonly id: string;
  readonly listDay: Day;
  readonly upvotes: number;
  readonly hasCode: boolean;
  /** All that a topic can match; names match as they stand only. */
  readonly text: string;
  readonly names: string;
  readonly title: string;
  readonly abstract: string;
  /** Of Hugging Face; empty where it has none. */
  readonly summary: string;
  /** The organization first, where there is one. */
  readonly by: readonly string[];
  readonly comments: number;
  readonly stars: number;
}

/** Of which of several processes it is; absent where there is one. */
export interface OfReplica {
  readonly replica?: number;
}

/** Real instants within which one of several processes kept nothing of what it was given. */
export interface Absence {
  readonly replica: number;
  readonly from: Instant;
  readonly to: Instant;
}

/** Real instants within which something was wrong, everywhere or in one channel. */
export interface Disturbance {
  readonly from: Instant;
  readonly to: Instant;
  readonly kind: string;
  readonly channelId?: string;
  /** Of a clock that is wrong: how far it runs ahead, in ms of the replayed time; behind when negative. */
  readonly aheadMs?: number;
}

/** Real instants within which a message with that paper was refused for its content, everywhere or in one channel. */
export interface Refusal {
  readonly from: Instant;
  readonly to: Instant;
  readonly paperId: string;
  readonly channelId?: string;
}

/** All that the auditor is told. */
export interface History {
  readonly timeline: Pick<Timeline, 'virtualAt' | 'realAt'>;
  /** Real. */
  readonly endedAt: Instant;
  readonly destinations: readonly DestinationHistory[];
  readonly groups: readonly GroupHistory[];
  readonly listings: readonly Listing[];
  readonly visits: readonly Visit[];
  readonly messages: readonly PostedMessage[];
  readonly disturbances: readonly Disturbance[];
  readonly refusals: readonly Refusal[];
  /** Real instants at which the archive was lost, as a whole or what was written last. */
  readonly archiveLostAt: readonly Instant[];
  /** Those at which nothing was left of it. */
  readonly archiveEmptiedAt: readonly Instant[];
  /** Of several processes. */
  readonly absences: readonly Absence[];
  /** What several processes wrote to the database that they share. */
  readonly writes: readonly Write[];
  /** What the bot asked Discord, in order of the answers. */
  readonly requests: readonly AskedDiscord[];
  /** What people were answered. */
  readonly answers: readonly Answer[];
  /** The processes of the bot, in order. */
  readonly lives: readonly Life[];
  /** What the process has open at the end. */
  readonly openFiles: number;
  /** Starts that had to be refused, and were not, or not so. */
  readonly wrongStarts: readonly string[];
  /** What people could do, or see, and must not. */
  readonly trespasses: readonly string[];
}

/** Something that a process sent to the database to be written. */
export interface Write extends OfReplica {
  /** Real. */
  readonly at: Instant;
}

/** A request to Discord; real instants. */
export interface AskedDiscord extends OfReplica {
  readonly at: Instant;
  readonly endedAt: Instant;
  readonly method: string;
  readonly path: string;
  /** Absent where the bot got no answer. */
  readonly status?: number;
  /** The answer was the run's, not that of Discord. */
  readonly isSpoilt: boolean;
  /** How long to wait, where the answer said so. */
  readonly retryAfterMs?: number;
  /** All requests have to wait. */
  readonly isGlobal: boolean;
  /** It tells a person that the database is away, or suggests nothing. */
  readonly isRefusal?: true;
}

/** What somebody was answered. */
export interface Answer {
  /** Real. */
  readonly at: Instant;
  /** Empty for one that everybody sees. */
  readonly userId: string;
  readonly channelId: string;
  /** Ids of channels that it names and that the person must not know of. */
  readonly hidden: readonly string[];
}

/** One process of the bot, in real instants. */
export interface Life extends OfReplica {
  readonly startedAt: Instant;
  /** Since when it leads, where there are several. */
  readonly leadsFrom?: Instant;
  readonly readyAt?: Instant;
  /** When it was told to end. */
  readonly signalledAt?: Instant;
  readonly endedAt?: Instant;
  /** Exit code or signal. */
  readonly end?: string;
  /** The last thing that it called fatal. */
  readonly fatal?: string;
}
