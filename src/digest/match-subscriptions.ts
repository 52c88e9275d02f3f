import type { ListDay } from '../calendar/list-day.ts';
import type { Log } from '../log.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { MatchTopics } from '../topics/match-topics.ts';
import type { SubscriptionMatches } from './choose.ts';

export interface MatchTools {
  readonly matchTopics: MatchTopics;
  readonly log: Log;
}

/** What each subscription matches among papers first listed later than `after`; one that cannot be read, nothing. */
export async function matchSubscriptions(
  subscriptions: readonly Subscription[],
  after: ListDay,
  { matchTopics, log }: MatchTools,
): Promise<readonly SubscriptionMatches[]> {
  const queries = [...new Set(subscriptions.map(({ topic }) => topic.query))];
  const papers = await matchTopics(queries, { after });
  return subscriptions.map((subscription) => {
    const matches = papers.get(subscription.topic.query);
    if (matches === undefined) log.error({ subscription: subscription.id }, 'a topic could not be matched');
    return { subscription, papers: matches ?? [] };
  });
}
