import type { ArchivedPaper } from '../papers/paper.ts';
import type { ListDayRange } from './paper-search.ts';

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
