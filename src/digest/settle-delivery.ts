import { removeDestination } from '../subscriptions/unfollow-topic.ts';
import type { Delivery } from './delivery.ts';
import type { FlowDependencies } from './flow-dependencies.ts';
import { settleDestination } from './outcomes.ts';

/** Writes what a closed delivery means for its destination. */
export async function settleDelivery(
  deps: Pick<FlowDependencies, 'destinations' | 'subscriptions' | 'log'>,
  delivery: Delivery,
): Promise<void> {
  const { destinationId } = delivery;
  const present = deps.destinations.get(destinationId);
  if (present === undefined) return;
  if (settleDestination(present, delivery) === undefined) {
    deps.log.warn({ destination: destinationId }, 'destination gone for 30 days, removed');
    return removeDestination(destinationId, deps);
  }
  await deps.destinations.update(destinationId, (latest) => latest && settleDestination(latest, delivery));
}
