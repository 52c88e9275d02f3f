import type { Instant } from '../calendar/zoned-time.ts';

/** What people chose for For You. A change is on disk when its promise resolves. Raises `StorageError`. */
export interface ForYouChoices {
  /** Papers that were not for a person, the latest first. */
  dismissed(userId: string, most: number): Promise<readonly string[]>;
  /** Harmless to repeat. Of more than `limit` the oldest is forgotten. */
  dismiss(dismissal: Dismissal, limit: number): Promise<void>;
  takeBack(userId: string, paperId: string): Promise<void>;
  /** Whether what a person saves counts for the channels of a server. */
  counts(userId: string, guildId: string): Promise<boolean>;
  /** Ids of the servers where what a person saves counts. */
  serversOf(userId: string): Promise<readonly string[]>;
  setCounts(choice: {
    readonly userId: string;
    readonly guildId: string;
    readonly at: Instant;
  }): Promise<void>;
  endCounts(userId: string, guildId: string): Promise<void>;
  /** The latest `most` saves of each person who has saved and whose saves count in a server, of `people` at most. */
  savesThatCount(
    guildId: string,
    limits: { readonly people: number; readonly most: number },
  ): Promise<readonly (readonly string[])[]>;
  /** What was saved most in a server since an instant, by those whose saves count there, most savers first. */
  savedMost(
    guildId: string,
    part: { readonly since: Instant; readonly most: number },
  ): Promise<readonly SavedHere[]>;
  removeOf(userId: string): Promise<void>;
}

export interface SavedHere {
  readonly paperId: string;
  readonly savers: number;
}

export interface Dismissal {
  readonly userId: string;
  readonly paperId: string;
  readonly at: Instant;
}

export const MOST_DISMISSED = 1_000;
