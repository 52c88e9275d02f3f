import type { ListDay } from '../calendar/list-day.ts';
import type { ArchivedPaper } from '../papers/paper.ts';
import type { Condition, Query, Term } from './query.ts';

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

/** How one term or condition of a query fares with one paper. */
export interface ExplainedPart {
  readonly part: Term | Condition;
  /** Whether the part taken by itself matches; what is excluded in the query matches when it should not. */
  readonly matches: boolean;
}

export interface Explanation {
  /** Whether the whole query strictly matches. */
  readonly matches: boolean;
  /** In the order in which they stand in the query. */
  readonly parts: readonly ExplainedPart[];
}

/** All text matching. Every method raises `StorageError`. */
export interface PaperSearch {
  /** The listed papers of the range, newest list day first, then most upvoted, then by id. */
  listed(range: ListDayRange): readonly ArchivedPaper[];
  /** Strict matches among the listed papers of the range, in the same order. */
  match(query: Query, range: ListDayRange): readonly ArchivedPaper[];
  /** Why a paper strictly matches a query, or does not; undefined for a paper that the archive has not. */
  explain(query: Query, paperId: string): Explanation | undefined;
  /** The forms in which a word of a query counts as found, itself first. */
  formsOf(word: string): readonly string[];
  /** Papers with all the words that were typed, the last of them perhaps unfinished; best first. For autocomplete. */
  suggest(typed: string, limit: number): readonly Suggestion[];
}
