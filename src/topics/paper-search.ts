import type { ListDay } from '../calendar/list-day.ts';
import type { ArchivedPaper } from '../papers/paper.ts';
import type { Query } from './query.ts';

export interface ListDayRange {
  /** First listed later than this day. */
  readonly after?: ListDay;
  /** First listed on this day or earlier. */
  readonly until?: ListDay;
}

export type SearchSort = 'relevance' | 'newest' | 'upvotes';

export interface SearchRequest {
  readonly query: Query;
  readonly sort: SearchSort;
  readonly offset: number;
  readonly limit: number;
}

/** A word that the archive does not know, and the one that was searched for instead. */
export interface Correction {
  readonly from: string;
  readonly to: string;
}

export interface SearchResult {
  /** All strict matches, of which `strict` is the page asked for. */
  readonly total: number;
  readonly strict: readonly ArchivedPaper[];
  /** Close ones, apart, only with the first page; best first. */
  readonly close: readonly ArchivedPaper[];
  readonly corrections: readonly Correction[];
}

export interface Suggestion {
  readonly kind: 'title' | 'keyword' | 'author';
  readonly text: string;
  readonly paperId?: string;
}

/** All text matching: what a query matches, how well, and why. Every method raises `StorageError`. */
export interface PaperSearch {
  /** Strict matches among the listed papers of the range, newest list day first, then most upvoted, then by id. */
  match(query: Query, range: ListDayRange): readonly ArchivedPaper[];
  search(request: SearchRequest): SearchResult;
  /** For autocomplete; at most `limit` entries, best first. */
  suggest(text: string, limit: number): readonly Suggestion[];
  /** Nearest papers by their rare shared terms. */
  similar(id: string, limit: number): readonly ArchivedPaper[];
}
