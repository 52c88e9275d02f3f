import type { ListDay } from '../calendar/list-day.ts';
import type { ArchivedPaper } from '../papers/paper.ts';

export interface ListDayRange {
  /** First listed later than this day. */
  readonly after?: ListDay;
  /** First listed on this day or earlier. */
  readonly until?: ListDay;
}

export interface Suggestion {
  readonly title: string;
  readonly paperId: string;
}

/** All text matching. Every method raises `StorageError`. */
export interface PaperSearch {
  /** The listed papers of the range, newest list day first, then most upvoted, then by id. */
  listed(range: ListDayRange): readonly ArchivedPaper[];
  /** Papers with all the words that were typed, the last of them perhaps unfinished; best first. For autocomplete. */
  suggest(typed: string, limit: number): readonly Suggestion[];
}
