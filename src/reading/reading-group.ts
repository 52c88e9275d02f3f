import type { Day, Instant, Weekday } from '../calendar/zoned-time.ts';
import type { Delivery } from '../delivery/delivery.ts';

export const RHYTHMS = ['once', 'week', 'two-weeks', 'month'] as const;

/** When a group meets, by the clocks of its zone. */
export interface Rhythm {
  /** `month`: on the first such weekday of each month. */
  readonly every: (typeof RHYTHMS)[number];
  readonly weekday: Weekday;
  /** Of the local day, 0 to 1439. */
  readonly minute: number;
  /** IANA zone. */
  readonly zone: string;
  /** No meeting comes before it; every second week counts from it. */
  readonly firstDay: Day;
}

/** How a server reads together. Without a rhythm it still nominates, votes and has a history. */
export interface ReadingGroup {
  readonly guildId: string;
  /** A text or announcement channel, where all is said. */
  readonly channelId: string;
  readonly channelKind: 'text' | 'announcement';
  readonly rhythm?: Rhythm;
  /** How long a meeting takes. */
  readonly minutes: number;
  /** Where people talk; in the thread of the paper when absent. */
  readonly voiceChannelId?: string;
  /** How long a poll is open, 1 to 168 hours. */
  readonly pollHours: number;
  /** Days to read between the end of the poll and the meeting. */
  readonly readDays: number;
  /** Who may decide, beside those with Manage Events. */
  readonly roleId?: string;
  /** Meetings that were held, by which presenters take turns. */
  readonly held: number;
  /** When the latest of them began. */
  readonly metAt?: Instant;
}

export interface Nomination {
  readonly paperId: string;
  readonly nominatedAt: Instant;
  /** Absent for somebody who had their data deleted. */
  readonly userId?: string;
}

export const PURPOSES = ['poll', 'announcement', 'event', 'day', 'hour', 'pass'] as const;
/** What a delivery of a meeting is for; `day` and `hour` are the reminders. */
export type Purpose = (typeof PURPOSES)[number];
export type Reminder = Extract<Purpose, 'day' | 'hour'>;

export interface MeetingPoll {
  /** Discord's own, or one by buttons, where that cannot be had. */
  readonly kind: 'native' | 'buttons';
  /** Ids of papers, first nominated first. */
  readonly candidates: readonly string[];
  readonly hours: number;
  /** As planned until Discord has told. */
  readonly closesAt: Instant;
  /** Both are present once it stands in Discord. */
  readonly messageId?: string;
  readonly channelId?: string;
  /** When a native one is looked at next, and how often that was in vain since it closed. */
  readonly lookAt: Instant;
  readonly looks: number;
}

export interface Choice {
  readonly paperId: string;
  /** `first`: there was no time for a poll; `saved`: nobody had nominated, and it was saved most here. */
  readonly how: 'poll' | 'only' | 'first' | 'picked' | 'saved';
  /** Of a poll: for the paper, and in all. */
  readonly votes?: number;
  readonly total?: number;
}

/** What was made for the chosen paper. A code is Discord's refusal. */
export interface Announced {
  readonly at: Instant;
  readonly channelId?: string;
  readonly messageId?: string;
  readonly hasThread: boolean;
  readonly threadCode?: number;
  readonly eventId?: string;
  readonly eventCode?: number;
}

/**
 * - `gathering`: papers are nominated.
 * - `polling`: people vote.
 * - `passing`: there is nothing to read, and that is still to be said.
 * - `chosen`: the paper is known.
 * - `over`, `passed` (nothing was read), `called-off` (its event was deleted, or the channel is gone): closed.
 */
export const MEETING_STATES = [
  'gathering',
  'polling',
  'passing',
  'chosen',
  'over',
  'passed',
  'called-off',
] as const;

export interface Meeting {
  /** 16 random characters of `[a-z0-9]`. */
  readonly id: string;
  readonly guildId: string;
  readonly state: (typeof MEETING_STATES)[number];
  readonly createdAt: Instant;
  /** Absent for one that has no time: a poll and a thread alone. */
  readonly startsAt?: Instant;
  /** By the rhythm; its event may have been moved since. */
  readonly plannedAt?: Instant;
  readonly minutes: number;
  /** When nominations are put to the vote without anybody's doing. */
  readonly decideAt?: Instant;
  readonly poll?: MeetingPoll;
  readonly choice?: Choice;
  readonly announced?: Announced;
  /** Those that were sent. */
  readonly reminded: readonly Reminder[];
  /** The delivery under way. */
  readonly pending?: { readonly deliveryId: string; readonly purpose: Purpose };
  /** Nothing is sent before, as Discord refused it. */
  readonly retryAt?: Instant;
  readonly endedAt?: Instant;
  readonly presenterId?: string;
}

/** All that is known of the group of one server, as of one instant. */
export interface GroupState {
  readonly group: ReadingGroup | undefined;
  /** The one that is not closed. */
  readonly meeting: Meeting | undefined;
  /** First nominated first. */
  readonly nominations: readonly Nomination[];
  /** Ids of people, in their order. */
  readonly presenters: readonly string[];
  /** By paper, of a poll by buttons. */
  readonly votes: ReadonlyMap<string, number>;
  /** The one that is pending. */
  readonly delivery: Delivery | undefined;
}

/** What is absent stays as it is. */
export interface GroupChange {
  readonly group?: ReadingGroup;
  /** Closed where its state says so. */
  readonly meeting?: Meeting;
  /** The one that comes after a meeting that is closed. */
  readonly next?: Meeting;
  /** To be sent. */
  readonly delivery?: Delivery;
  /** A paper that is nominated no more, as people were told that it is read. */
  readonly settled?: string;
  readonly presenters?: readonly string[];
}

export const MOST_NOMINATIONS = 25;
export const MOST_PRESENTERS = 25;
/** Of the papers that a group has read, the latest. */
export const MOST_READ = 1_000;
/** Discord takes no more: https://docs.discord.com/developers/resources/poll#poll-create-request-object */
export const MOST_CANDIDATES = 10;

/** By which its deliveries are kept apart from those of channels and people. */
export function readingId(guildId: string): string {
  return `r${guildId}`;
}

export function isClosed({ state }: Pick<Meeting, 'state'>): boolean {
  return state === 'over' || state === 'passed' || state === 'called-off';
}
