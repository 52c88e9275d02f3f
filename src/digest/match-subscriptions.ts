import { StorageError } from '../errors.ts';
import type { ListDay } from '../calendar/list-day.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { SubscriptionMatches } from './choose.ts';
import type { FlowDependencies } from './flow-dependencies.ts';

/**
 * What each subscription matches among papers listed later than `after`; one that cannot be read, nothing. Raises
 * `StorageError` where matching one of them failed: the slot stays due, since its papers are not known.
 */
export async function matchSubscriptions(
  deps: Pick<FlowDependencies, 'matchTopics' | 'log'>,
  subscriptions: readonly Subscription[],
  after: ListDay,
): Promise<readonly SubscriptionMatches[]> {
  const queries = [...new Set(subscriptions.map(({ topic }) => topic.query))];
  const papers = await deps.matchTopics(queries, { after });
  return subscriptions.map((subscription) => {
    const matches = papers.get(subscription.topic.query);
    if (matches === undefined) {
      deps.log.error({ subscription: subscription.id }, 'topic cannot be read, passed over');
    }
    if (matches === 'failed') {
      deps.log.error({ subscription: subscription.id }, 'matching a topic took too long');
      throw new StorageError('A topic could not be matched in time.');
    }
    return { subscription, papers: matches ?? [] };
  });
}
