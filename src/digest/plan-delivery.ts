import type { Instant } from '../calendar/zoned-time.ts';
import type { Delivery, PlannedStep } from './delivery.ts';
import type { Digest } from './digest.ts';

/**
 * The id of a digest's delivery. `plan` counts the plans of one slot, of which all but the last were cancelled: a new
 * plan must not share the nonces of an old one. Slots are whole minutes, so that there is room for 60.
 */
export function buildDeliveryId(destinationId: string, slot: Instant, plan: number): string {
  const snowflake = BigInt(destinationId.slice(1)).toString(36);
  return snowflake + (Math.floor(slot / 1000) + plan).toString(36);
}

/**
 * A delivery that is yet to be saved and sent: one that is lost before its first attempt is planned anew. With
 * `rest: hide` the papers that no step shows are passed over for good, together with the last step that shows any.
 */
export function planDelivery(options: {
  kind: Delivery['kind'];
  digest: Digest;
  steps: readonly PlannedStep[];
  slot: Instant;
  now: Instant;
}): Delivery {
  const { digest, kind, slot, now } = options;
  const { destination } = digest;
  return {
    id: digest.id,
    destinationId: destination.id,
    kind,
    slot,
    plannedAt: now,
    steps: destination.rest === 'hide' ? addHidden(options.steps, digest) : options.steps,
    state: 'open',
  };
}

function addHidden(steps: readonly PlannedStep[], digest: Digest): readonly PlannedStep[] {
  const shown = new Set(steps.flatMap((step) => step.paperIds));
  const hidden = digest.entries.map(({ paper }) => paper.id).filter((id) => !shown.has(id));
  const last = steps.findLastIndex((step) => step.paperIds.length > 0);
  if (hidden.length === 0 || last === -1) return steps;
  return steps.map((step, index) => (index === last ? { ...step, passedOver: hidden } : step));
}
