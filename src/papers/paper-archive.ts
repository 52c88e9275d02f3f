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
   * its `firstSeenAt`. Returns the ids that were not listed before.
   */
  save(papers: readonly Paper[], seenAt: Instant): readonly string[];
  paper(id: string): ArchivedPaper | undefined;
  /** Papers first listed on that day, most upvoted first, ties by id. */
  papersOfDay(day: ListDay): readonly ArchivedPaper[];
  /** List days that have papers, newest first. */
  days(limit: number): readonly DayCount[];
  /** When each list day from `since` on was last collected with success. */
  collectedDays(since: ListDay): ReadonlyMap<ListDay, Instant>;
  recordCollectedDay(day: ListDay, startedAt: Instant): void;
  /** The beginning of the last collection that got every day it had to get. */
  lastCollection(): Instant | undefined;
  recordCollection(startedAt: Instant): void;
}
