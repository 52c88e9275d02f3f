import { StorageError } from '../errors.ts';
import type { ListDay } from '../calendar/list-day.ts';
import type { Log } from '../log.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { MatchTopics } from '../topics/paper-search.ts';
import type { SubscriptionMatches } from './choose.ts';

export interface MatchTools {
  readonly matchTopics: MatchTopics;
  readonly log: Log;
}

/**
 * What each subscription matches among papers listed later than `after`; one that cannot be read, nothing. Raises
 * `StorageError` where matching one of them failed: the slot stays due, since its papers are not known.
 */
export async function matchSubscriptions(
  subscriptions: readonly Subscription[],
  after: ListDay,
  { matchTopics, log }: MatchTools,
): Promise<readonly SubscriptionMatches[]> {
  const queries = [...new Set(subscriptions.map(({ topic }) => topic.query))];
  const papers = await matchTopics(queries, { after });
  return subscriptions.map((subscription) => {
    const matches = papers.get(subscription.topic.query);
    if (matches === undefined) log.error({ subscription: subscription.id }, 'a topic cannot be read');
    if (matches === 'failed') {
      log.error({ subscription: subscription.id }, 'matching a topic took too long');
      throw new StorageError('A topic could not be matched in time.');
    }
    return { subscription, papers: matches ?? [] };
  });
}
