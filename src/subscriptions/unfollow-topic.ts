import { type Instant, MINUTE_MS } from '../calendar/zoned-time.ts';
import { UserError } from '../errors.ts';
import type { FollowStores } from './follow-topic.ts';
import type { Subscription } from './subscription.ts';

export interface UnfollowResult {
  readonly removed: Subscription;
  /** Whether nothing is followed at that destination any more; its settings are gone then. */
  readonly last: boolean;
}

const UNDO_MS = 15 * MINUTE_MS;

/** Ends one subscription, and with the last one its destination. Raises `topic-not-followed`. */
export async function unfollowTopic(
  destinationId: string,
  subscriptionId: string,
  stores: FollowStores,
): Promise<UnfollowResult> {
  return endSubscription(destinationId, stores, (present) => {
    const held = present.find(({ id }) => id === subscriptionId);
    if (held === undefined) throw new UserError('topic-not-followed', { topic: '' });
    return held;
  });
}

/** Ends a subscription as it was made, within 15 minutes. Raises `undo-too-late`, also when it was changed since. */
export async function undoFollow(
  { destinationId, id, minUpvotes }: Pick<Subscription, 'destinationId' | 'id' | 'minUpvotes'>,
  stores: FollowStores,
  now: Instant,
): Promise<UnfollowResult> {
  return endSubscription(destinationId, stores, (present) => {
    const held = present.find((one) => one.id === id && one.minUpvotes === minUpvotes);
    if (held === undefined || now - held.createdAt > UNDO_MS) throw new UserError('undo-too-late', {});
    return held;
  });
}

/** Ends everything at a destination; harmless to repeat. */
export async function removeDestination(destinationId: string, stores: FollowStores): Promise<void> {
  await stores.subscriptions.update(destinationId, () => []);
  await dropIfIdle(destinationId, stores);
}

async function endSubscription(
  destinationId: string,
  stores: FollowStores,
  find: (present: readonly Subscription[]) => Subscription,
): Promise<UnfollowResult> {
  const ended: Subscription[] = [];
  const after = await stores.subscriptions.update(destinationId, (present) => {
    const held = find(present);
    ended.push(held);
    return present.filter((one) => one !== held);
  });
  const [removed] = ended;
  if (removed === undefined) throw new UserError('topic-not-followed', { topic: '' });
  if (after.length === 0) await dropIfIdle(destinationId, stores);
  return { removed, last: after.length === 0 };
}

/** Somebody may have followed another topic meanwhile: what is followed now decides. */
async function dropIfIdle(
  destinationId: string,
  { destinations, subscriptions }: FollowStores,
): Promise<void> {
  await destinations.update(destinationId, (present) =>
    subscriptions.list(destinationId).length === 0 ? undefined : present,
  );
}
