import type { ListDay } from '../calendar/list-day.ts';
import type { ArchivedPaper } from '../papers/paper.ts';
import type { Condition, Query, Term } from './query/query.ts';

export interface ListDayRange {
  /** Listed later than this day. */
  readonly after?: ListDay;
  /** Listed on this day or earlier. */
  readonly until?: ListDay;
}

/** What is told of a match, as an answer may have a thousand of them: the archive has the rest of the paper. */
export interface MatchedPaper {
  readonly id: string;
  readonly listDay: ListDay;
  readonly upvotes: number;
}

/** What somebody who is typing may mean. */
export type Suggestion =
  | { readonly kind: 'title'; readonly text: string; readonly paperId: string }
  | { readonly kind: 'keyword' | 'author'; readonly text: string };

export type SortOrder = 'relevance' | 'newest' | 'upvotes';

export interface SearchRequest {
  readonly query: Query;
  /** Of the strict matches; close ones always come by relevance. */
  readonly sort: SortOrder;
}

/** Words that the archive does not know, put right. */
export interface Correction {
  readonly query: Query;
  readonly words: readonly { readonly typed: string; readonly meant: string }[];
  /** Strict matches of the corrected query. */
  readonly total: number;
}

export interface SearchResult {
  /**
   * Ids of papers that are called as was typed, however it is written, by relevance: they stand before all others,
   * though not all of them are strict matches. They are in `strict` or among the best of `close` too.
   */
  readonly named?: readonly string[];
  /** Ids of all strict matches, in the order asked for. */
  readonly strict: readonly string[];
  /** Ids of at most 40 other papers, best first: with most of the words, their stems, or words that may have been meant. */
  readonly close: readonly string[];
  /** Where nothing is found as it was typed, `close` begins with the matches of this. */
  readonly correction?: Correction;
  /** The query in English, where its words are another language's: then `close` is what that finds. */
  readonly understood?: Query;
}

/** All that a search finds, each paper once, in the order in which people see it. */
export function listFound({ named = [], strict, close }: SearchResult): readonly string[] {
  return [...new Set([...named, ...strict, ...close])];
}

/** How one term or condition of a query fares with one paper. */
export interface ExplainedPart {
  readonly part: Term | Condition;
  /** Whether the part taken by itself matches; what is excluded in the query matches when it should not. */
  readonly matches: boolean;
  /** Of `like:`, the words that decided, best first. */
  readonly words?: readonly string[];
}

export interface Explanation {
  /** Whether the whole query strictly matches. */
  readonly matches: boolean;
  /** In the order in which they stand in the query. */
  readonly parts: readonly ExplainedPart[];
}

/** A paper that others are to be like. */
export interface WeighedPaper {
  readonly paperId: string;
  /** Above 0. */
  readonly weight: number;
}

export interface PickRequest {
  readonly examples: readonly WeighedPaper[];
  /** Ids of papers that picks are not to be like. */
  readonly avoided: readonly string[];
  readonly range: ListDayRange;
  /** What a pick must have; 0 when absent. */
  readonly minUpvotes?: number;
  /** Ids that are no picks, as the examples are none. */
  readonly without: readonly string[];
  readonly limit: number;
}

/** A listed paper that is like some examples. */
export interface PickedPaper {
  readonly paperId: string;
  /** Mostly between 0 and 0.4. */
  readonly score: number;
  /** The same by the text alone, without authors and organization. */
  readonly text: number;
  /** The example that it is most like. */
  readonly like: string;
  /** The words that decided and that both have, best first. */
  readonly words: readonly string[];
  /** Its authors who have written an example. */
  readonly authors: readonly string[];
}

/**
 * All text matching. Every method that reads the archive raises `StorageError`, `query-too-slow` for what takes too long,
 * and `search-busy` when too many others wait.
 */
export interface PaperSearch {
  /** Strict matches among the listed papers of the range, newest list day first, then most upvoted, then by id. */
  match(query: Query, range: ListDayRange, limit?: number): Promise<readonly MatchedPaper[]>;
  /** Which of these papers, listed or not, strictly match each of the queries; in no order. */
  matchAmong(
    queries: readonly Query[],
    ids: readonly string[],
  ): Promise<readonly (readonly Pick<MatchedPaper, 'id' | 'upvotes'>[])[]>;
  /** How many `match` would find. */
  count(query: Query, range: ListDayRange): Promise<number>;
  /** How many each of many queries would find; one that cannot be read is absent. */
  countEach(queries: readonly string[], range: ListDayRange): Promise<ReadonlyMap<string, number>>;
  /** How many papers of each list day of the range each of the queries strictly matches. */
  countByDay(
    queries: readonly Query[],
    range: ListDayRange,
  ): Promise<readonly ReadonlyMap<ListDay, number>[]>;
  /** Why a paper strictly matches a query, or does not; undefined for a paper that the archive has not. */
  explain(query: Query, paperId: string): Promise<Explanation | undefined>;
  /** The forms in which a word of a query counts as found, itself first. */
  formsOf(word: string): readonly string[];
  /** Strict matches, and what comes close to them. */
  search(request: SearchRequest): Promise<SearchResult>;
  /** Other papers that are like some, nearest first; none where the archive has none of these. */
  similar(paperIds: readonly string[], limit: number): Promise<readonly ArchivedPaper[]>;
  /** The listed papers of the range that are most like the examples, best first. */
  pick(request: PickRequest): Promise<readonly PickedPaper[]>;
  /** What goes on from what was typed, the last word of which is perhaps unfinished; best first. For autocomplete. */
  suggest(typed: string, limit: number): Promise<readonly Suggestion[]>;
}

/** What a topic strictly matches; `failed` where the answer took too long, of which nothing may be concluded. */
export type TopicMatch = readonly ArchivedPaper[] | 'failed';

/**
 * Strict matches of each distinct query among the listed papers of the range, as `PaperSearch.match` has them; a query
 * that cannot be read is absent from what it resolves to. Raises `StorageError`.
 */
export type MatchTopics = (
  queries: readonly string[],
  range: ListDayRange,
) => Promise<ReadonlyMap<string, TopicMatch>>;
