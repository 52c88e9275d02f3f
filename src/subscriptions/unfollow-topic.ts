import { type Instant, MINUTE_MS } from '../calendar/zoned-time.ts';
import { UserError } from '../errors.ts';
import type { DestinationStore } from './destination.ts';
import type { Subscription } from './subscription.ts';

type Destinations = Pick<DestinationStore, 'change'>;

export interface UnfollowResult {
  readonly removed: Subscription;
  /** Whether nothing is followed at that destination any more; its settings are gone then. */
  readonly last: boolean;
}

const UNDO_MS = 15 * MINUTE_MS;

export function canUndo({ createdAt }: Pick<Subscription, 'createdAt'>, now: Instant): boolean {
  return now - createdAt <= UNDO_MS;
}

/** Ends one subscription, and with the last one its destination. Raises `topic-not-followed`. */
export async function unfollowTopic(
  destinationId: string,
  subscriptionId: string,
  destinations: Destinations,
): Promise<UnfollowResult> {
  return endSubscription(destinationId, destinations, (present) => {
    const held = present.find(({ id }) => id === subscriptionId);
    if (held === undefined) throw new UserError('topic-not-followed', { topic: '' });
    return held;
  });
}

/** Ends a subscription as it was made, within 15 minutes. Raises `undo-too-late`, also when it was changed since. */
export async function undoFollow(
  { destinationId, id, minUpvotes }: Pick<Subscription, 'destinationId' | 'id' | 'minUpvotes'>,
  destinations: Destinations,
  now: Instant,
): Promise<UnfollowResult> {
  return endSubscription(destinationId, destinations, (present) => {
    const held = present.find((one) => one.id === id && one.minUpvotes === minUpvotes);
    if (held === undefined || !canUndo(held, now)) throw new UserError('undo-too-late', {});
    return held;
  });
}

/** Ends everything at a destination; harmless to repeat. */
export async function removeDestination(destinationId: string, destinations: Destinations): Promise<void> {
  await destinations.change(destinationId, () => ({ destination: undefined, giveUp: 'removed' }));
}

/** What was planned for it is given up: a digest of the topics that are left is planned afresh. */
async function endSubscription(
  destinationId: string,
  destinations: Destinations,
  find: (present: readonly Subscription[]) => Subscription,
): Promise<UnfollowResult> {
  let removed: Subscription | undefined;
  const left = await destinations.change(destinationId, (present) => {
    const held = find(present?.subscriptions ?? []);
    removed = held;
    const subscriptions = (present?.subscriptions ?? []).filter((one) => one !== held);
    if (present === undefined || subscriptions.length === 0)
      return { destination: undefined, giveUp: 'removed' };
    return { destination: { ...present, subscriptions }, giveUp: 'unfollowed' };
  });
  if (removed === undefined) throw new UserError('topic-not-followed', { topic: '' });
  return { removed, last: left === undefined };
}
