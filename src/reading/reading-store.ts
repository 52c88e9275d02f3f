import type { Instant } from '../calendar/zoned-time.ts';
import type { GroupChange, GroupState, Meeting, Nomination } from './reading-group.ts';

/** Reading groups by the id of their server. A change is on disk when its promise resolves. Raises `StorageError`. */
export interface ReadingStore {
  get(guildId: string): Promise<GroupState>;
  /** Ids of the servers whose meeting is to be looked at: also where that is too far ahead to be right. By an index. */
  due(now: Instant): Promise<readonly string[]>;
  /** Meetings that were closed later than that, the latest first: by a clock that was ahead. */
  closedAfter(instant: Instant): Promise<readonly Meeting[]>;
  /**
   * One transaction: locks the group, lets `decide` choose from what is there, and writes that with the delivery that
   * follows from it. Undefined when nothing was written. `decide` may raise a `UserError`; it may run more than once, and
   * must only compute.
   */
  change(
    guildId: string,
    decide: (present: GroupState) => GroupChange | undefined,
  ): Promise<GroupState | undefined>;
  /** `chosen` for the paper that is read next, `present` for one that is nominated already, `full` where there are `limit`. */
  nominate(
    guildId: string,
    nomination: Required<Nomination>,
    limit: number,
  ): Promise<'added' | 'chosen' | 'present' | 'full'>;
  withdraw(guildId: string, paperId: string): Promise<void>;
  /** Takes the place of the person's earlier vote. */
  vote(vote: {
    readonly meetingId: string;
    readonly userId: string;
    readonly paperId: string;
  }): Promise<void>;
  /** Meetings at which a paper was read, the latest first. */
  history(guildId: string, most: number): Promise<readonly Meeting[]>;
  /** Those of which anything is stored. */
  servers(): Promise<readonly ServerOfGroup[]>;
  noteGone(guildId: string, gone: GoneServer): Promise<void>;
  noteThere(guildId: string): Promise<void>;
  /** Deletes all that belongs to a server. */
  remove(guildId: string): Promise<void>;
  /** All that is stored about a person. */
  of(userId: string): Promise<PersonInGroups>;
  /** What people nominated and read together stays, without who it was. */
  removeOf(userId: string): Promise<void>;
}

export interface ServerOfGroup {
  readonly guildId: string;
  /** Where the bot was not in it when it looked last. */
  readonly gone: GoneServer | undefined;
}

export interface GoneServer {
  readonly since: Instant;
  /** How often the bot looked since then. */
  readonly looks: number;
}

export interface PersonInGroups {
  readonly nominated: readonly { readonly guildId: string; readonly paperId: string }[];
  readonly votes: readonly { readonly meetingId: string; readonly paperId: string }[];
  /** Ids of the servers where they take turns to present. */
  readonly presentsIn: readonly string[];
  /** Ids of meetings. */
  readonly presented: readonly string[];
}
