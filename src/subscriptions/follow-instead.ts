import type { Random } from '../calendar/clock.ts';
import { UserError } from '../errors.ts';
import type { Topic } from '../topics/topic.ts';
import type { DestinationStore } from './destination-store.ts';
import type { FollowResult } from './follow-topic.ts';
import { createId, ID_LENGTH, type Subscription } from './subscription.ts';

interface Replacement {
  readonly destinationId: string;
  /** The subscription that ends. */
  readonly subscriptionId: string;
  readonly topic: Topic;
  /** User id. */
  readonly by: string;
}

/**
 * Follows another topic in place of one, with its threshold, first day and age; where that is followed already, the old
 * one just ends. Raises `control-outdated` where the old one is not followed any more.
 */
export async function followInstead(
  { destinationId, subscriptionId, topic, by }: Replacement,
  destinations: Pick<DestinationStore, 'change'>,
  random: Random,
): Promise<FollowResult> {
  const id = createId(random, ID_LENGTH);
  const destination = await destinations.change(destinationId, (present) => {
    const held = present?.subscriptions.find((one) => one.id === subscriptionId);
    if (present === undefined || held === undefined) throw new UserError('control-outdated', {});
    const isKnown = present.subscriptions.some((one) => one !== held && one.topic.query === topic.query);
    const made: Subscription = { ...held, id, topic, createdBy: by };
    const subscriptions = present.subscriptions.flatMap((one) => {
      if (one !== held) return [one];
      return isKnown ? [] : [made];
    });
    return { destination: { ...present, subscriptions }, giveUp: 'unfollowed' };
  });
  const subscription = destination?.subscriptions.find((one) => one.topic.query === topic.query);
  if (destination === undefined || subscription === undefined) throw new UserError('control-outdated', {});
  return {
    kind: subscription.id === id ? 'replaced' : 'already',
    destination,
    subscription,
    first: destination.subscriptions.length === 1,
  };
}
