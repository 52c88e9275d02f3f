import type { ListDay } from '../calendar/list-day.ts';
import type { Instant } from '../calendar/zoned-time.ts';
import type { ArchivedPaper, Paper } from './paper.ts';

export interface DayCount {
  readonly day: ListDay;
  readonly papers: number;
}

/** Every paper ever seen. Derived: it can be rebuilt from its sources. Every method raises `StorageError`. */
export interface PaperArchive {
  /**
   * Adds papers and refreshes known ones, in one transaction. A paper keeps the first list day it was seen on and
   * its `firstSeenAt`, and the links that it has where these tell of none. Returns the ids that were not listed before.
   */
  save(papers: readonly Paper[], seenAt: Instant): readonly string[];
  paper(id: string): ArchivedPaper | undefined;
  /** Papers first listed on that day, most upvoted first, ties by id. */
  papersOfDay(day: ListDay): readonly ArchivedPaper[];
  /**
   * Ids of papers listed on `since` or later whose links were not asked for between `askedSince` and `now`, and of those
   * followed ones for which that holds from `followedAskedSince` on; newest and most upvoted first. A later time was
   * written by a wrong clock.
   */
  withStaleLinks(wanted: {
    readonly since: ListDay;
    readonly askedSince: Instant;
    readonly followed: readonly string[];
    readonly followedAskedSince: Instant;
    readonly now: Instant;
    readonly limit: number;
  }): readonly string[];
  /** List days that have papers, newest first. */
  days(limit: number): readonly DayCount[];
  /**
   * When each list day from `since` on was last collected with success. A day whose instant is later than `now` is
   * absent: the clock was wrong when it was written.
   */
  collectedDays(since: ListDay, now: Instant): ReadonlyMap<ListDay, Instant>;
  recordCollectedDay(day: ListDay, startedAt: Instant): void;
  /** When the last successful collection began. Undefined when that is later than `now`, for the same reason. */
  lastCollection(now: Instant): Instant | undefined;
  recordCollection(startedAt: Instant): void;
}
