import type { MatchedPaper, PaperSearch } from '../topics/paper-search.ts';
import { parseQuery } from '../topics/query/parse-query.ts';
import { isForYou } from '../topics/topic.ts';
import type { Subscription } from './subscription.ts';

/** The first of the other topics of a place that brings each of those papers too; undefined where none does. */
export async function findCovering(
  papers: readonly MatchedPaper[],
  others: readonly Subscription[],
  search: Pick<PaperSearch, 'matchAmong'>,
): Promise<Subscription | undefined> {
  const topics = others.filter(({ topic }) => !isForYou(topic));
  if (papers.length === 0 || topics.length === 0) return undefined;
  const queries = topics.map(({ topic }) => parseQuery(topic.query));
  const matches = await search.matchAmong(
    queries,
    papers.map(({ id }) => id),
  );
  return topics.find(
    ({ minUpvotes }, index) =>
      matches[index]?.filter(({ upvotes }) => upvotes >= minUpvotes).length === papers.length,
  );
}
