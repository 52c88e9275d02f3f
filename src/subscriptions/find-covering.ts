import type { MatchedPaper } from '../topics/paper-search.ts';
import { parseQuery } from '../topics/query/parse-query.ts';
import { isForYou } from '../topics/topic.ts';
import { type CountTools, runBacktest } from './backtest.ts';
import type { Subscription } from './subscription.ts';

/** The topic of the same place that would have brought each of those papers too, if there is one. */
export async function findCovering(
  papers: readonly MatchedPaper[],
  others: readonly Subscription[],
  tools: CountTools<'match'>,
): Promise<Subscription | undefined> {
  if (papers.length === 0) return undefined;
  for (const other of others.filter(({ topic }) => !isForYou(topic))) {
    const query = parseQuery(other.topic.query);
    const brought = await runBacktest({ query, minUpvotes: other.minUpvotes }, tools);
    const ids = new Set(brought.papers.map(({ id }) => id));
    if (papers.every(({ id }) => ids.has(id))) return other;
  }
  return undefined;
}
