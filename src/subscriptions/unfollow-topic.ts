import { UserError } from '../errors.ts';
import type { FollowStores } from './follow-topic.ts';
import type { Subscription } from './subscription.ts';

export interface UnfollowResult {
  readonly removed: Subscription;
  /** Whether nothing is followed at that destination any more; its settings are gone then. */
  readonly last: boolean;
}

/** Ends one subscription, and with the last one its destination. Raises `topic-not-followed`. */
export async function unfollowTopic(
  destinationId: string,
  subscriptionId: string,
  stores: FollowStores,
): Promise<UnfollowResult> {
  const removed = stores.subscriptions.list(destinationId).find((one) => one.id === subscriptionId);
  if (removed === undefined) throw new UserError('topic-not-followed', { topic: '' });
  const after = await stores.subscriptions.update(destinationId, (present) =>
    present.filter((one) => one.id !== subscriptionId),
  );
  if (after.length > 0) return { removed, last: false };
  await removeDestination(destinationId, stores);
  return { removed, last: true };
}

/** Ends everything at a destination; harmless to repeat. */
export async function removeDestination(destinationId: string, stores: FollowStores): Promise<void> {
  await stores.subscriptions.update(destinationId, () => []);
  await stores.destinations.update(destinationId, () => undefined);
}
