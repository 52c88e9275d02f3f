import type { Delivery, DeliveryState } from './delivery.ts';
import type { FlowDependencies } from './flow-dependencies.ts';
import { closeDelivery } from './outcomes.ts';
import { settleDelivery } from './settle-delivery.ts';
import type { StepResult } from './step-result.ts';

/** Closes a delivery, and writes what that means for its destination. */
export async function endDelivery(
  deps: FlowDependencies,
  current: Delivery,
  state: DeliveryState,
): Promise<StepResult> {
  const delivery = closeDelivery(current, state, deps.clock.now());
  await deps.deliveries.save(delivery);
  await settleDelivery(deps, delivery);
  deps.log.info({ delivery: delivery.id, state, steps: delivery.steps.length }, 'delivery closed');
  return { delivery };
}
