import { removeDestination } from '../subscriptions/unfollow-topic.ts';
import type { Delivery } from './delivery.ts';
import type { FlowDependencies } from './flow-dependencies.ts';
import { type Rejection, settleDestination, troubleDestination } from './outcomes.ts';

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

/** Writes that a place let nobody in; one that has been gone for too long is removed with its topics. */
export async function recordTrouble(
  deps: Pick<FlowDependencies, 'destinations' | 'subscriptions' | 'log' | 'clock'>,
  destinationId: string,
  rejection: Rejection,
): Promise<void> {
  const present = deps.destinations.get(destinationId);
  if (present === undefined) return;
  const now = deps.clock.now();
  if (troubleDestination(present, rejection, now) === undefined) {
    deps.log.warn({ destination: destinationId }, 'destination gone for 30 days, removed');
    return removeDestination(destinationId, deps);
  }
  await deps.destinations.update(
    destinationId,
    (latest) => latest && troubleDestination(latest, rejection, now),
  );
}
