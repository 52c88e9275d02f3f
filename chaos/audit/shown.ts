import type { Instant } from './calendar.ts';

/** What a message tells of one paper that is followed. */
export interface Notice {
  readonly paperId: string;
  /** `code`, `model`, `dataset`, `space` or `votes`; any other is a line that nobody knows. */
  readonly events: readonly string[];
  /** The votes that it shows, if any. */
  readonly upvotes: number | undefined;
}

/** What the roundup of a week shows. */
export interface Roundup {
  /** Such as "Sun 14 June 2026". */
  readonly until: string;
  /** How many papers it says that there were. */
  readonly count: number;
  /** The most upvoted, best first; what is zero is left out. */
  readonly papers: readonly Pick<ShownPaper & { readonly upvotes: number }, 'id' | 'title' | 'upvotes'>[];
}

/** What a message tells of a meeting of a reading group; its times are on the replayed clock. */
export interface MeetingPart {
  /** `nominees` stand above a poll, or have buttons; `poll` is Discord's own. */
  readonly kind: 'nominees' | 'poll' | 'chosen' | 'reminder' | 'nothing';
  /** To the second. */
  readonly startsAt?: Instant;
  /** Those to choose from, first nominated first, or the one that is read. */
  readonly paperIds: readonly string[];
  /** Of a poll: as announced, and when it ends, or has ended. */
  readonly hours?: number;
  readonly closesAt?: Instant;
  /** What a poll offers, as far as it is a title. */
  readonly answers?: readonly string[];
  /** Why it is this one: `poll`, `only`, `first`, `picked` or `saved`; any other is a line that nobody knows. */
  readonly how?: string;
  readonly votes?: number;
  readonly total?: number;
  readonly presenterId?: string;
  readonly threadId?: string;
  readonly eventId?: string;
}

/** A paper as a message shows it to people. */
export interface ShownPaper {
  readonly id: string;
  readonly title: string;
  /** What is zero is left out. */
  readonly upvotes: number | undefined;
  /** In its digest, from 1; not every message tells. */
  readonly number: number | undefined;
  readonly form: 'card' | 'line';
  /** The lines below its title. */
  readonly lines: readonly string[];
}

/** A button, or an entry of a menu. */
export interface Control {
  /** `link` for one that leads out of Discord; else the name that its id begins with. */
  readonly name: string;
  readonly label: string;
  /** The paper that it is for, or the address; empty for a menu as such. */
  readonly target: string;
  /** The paper beside whose text it stands, if any. */
  readonly beside: string | undefined;
}

/** Such as "Tue 9 June · 23 papers, 9 from Mon 8 June". */
export interface Heading {
  /** What it counts the papers of. */
  readonly covers: 'digest' | 'message';
  readonly day: string;
  readonly papers: number;
  readonly earlier: number;
  /** Empty where they are from several. */
  readonly earlierDay: string;
}

/** What a message, or a version of it, shows people. */
export interface Shown {
  readonly content: string;
  readonly look: 'layout' | 'embeds' | 'plain';
  /** Of its delivery; empty where it carries none. */
  readonly deliveryId: string;
  readonly step: number;
  readonly heading?: Heading;
  /** Of the message that mentions a role: how many papers come, and the best one. */
  readonly announced?: { readonly papers: number; readonly title: string };
  readonly papers: readonly ShownPaper[];
  /** Absent for a digest; else there are no `papers`. */
  readonly notice?: Notice;
  /** Likewise. */
  readonly roundup?: Roundup;
  /** Likewise. */
  readonly meeting?: MeetingPart;
  readonly controls: readonly Control[];
  /** What is over a limit of Discord's, if anything. */
  readonly problems: readonly string[];
}

/** What the bot wrote and stands in a channel; in a forum, a post. */
export interface PostedMessage extends Shown {
  readonly id: string;
  /** Of the channel or the forum around it. */
  readonly channelId: string;
  /** Where it stands: there, or in a thread or post. */
  readonly placeId: string;
  /** Real. */
  readonly at: Instant;
  /** Role ids that it mentions. */
  readonly roles: readonly string[];
  /** Whoever else it pings: user ids, or `everyone`. */
  readonly others: readonly string[];
  /** Of the post that it begins, or of the thread that was made from it. */
  readonly thread?: string;
  /** What was tried to let it show newer votes; it shows what the last one that was taken says. */
  readonly edits: readonly Edit[];
}

export interface Edit {
  /** Real. */
  readonly at: Instant;
  readonly isTaken: boolean;
  /** Whom it could ping, by kind or id. */
  readonly pings: readonly string[];
  /** Of one that was taken. */
  readonly shows?: Shown;
}
