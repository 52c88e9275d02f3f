import { DAY_MS, type Instant } from '../calendar/zoned-time.ts';
import type { Destination, Trouble } from '../subscriptions/destination.ts';
import type { Delivery, DeliveryState, DeliveryStep, SendOutcome } from './delivery.ts';

const KEPT_WHEN_GONE = 30 * DAY_MS;

type Outcome = NonNullable<DeliveryStep['outcome']>;
export type Rejection = Extract<Outcome, { kind: Trouble['kind'] }>;

/** Nothing more can be sent to a place that answered so. */
export function isRejection(outcome: SendOutcome | undefined): outcome is Rejection {
  return outcome?.kind === 'gone' || outcome?.kind === 'blocked' || outcome?.kind === 'refused';
}

/** Raises `RangeError` where there is none. */
export function stepOf({
  delivery,
  index,
}: {
  readonly delivery: Delivery;
  readonly index: number;
}): DeliveryStep {
  const step = delivery.steps[index];
  if (step === undefined) throw new RangeError(`delivery ${delivery.id} has no step ${index}`);
  return step;
}

export function replaceStep(delivery: Delivery, index: number, step: DeliveryStep): Delivery {
  return { ...delivery, steps: delivery.steps.with(index, step) };
}

/** How a delivery ends whose steps are all tried, or one of which was rejected; undefined while there is more to do. */
export function finalState(delivery: Delivery): DeliveryState | undefined {
  if (delivery.steps.some(({ outcome }) => isRejection(outcome))) return 'rejected';
  if (delivery.steps.some(({ outcome }) => outcome === undefined)) return undefined;
  return delivery.steps.some(({ outcome }) => outcome?.kind === 'bad-payload') ? 'rejected' : 'done';
}

export function closeDelivery(delivery: Delivery, state: DeliveryState, at: Instant): Delivery {
  return { ...delivery, state, closedAt: at };
}

/**
 * The destination after a delivery was closed; undefined when its place has been gone for so long that it is removed.
 * Repeating it is harmless. A cancelled digest leaves its slot undecided, so that it is planned afresh if still due.
 */
export function settleDestination(destination: Destination, delivery: Delivery): Destination | undefined {
  const closedAt = delivery.closedAt ?? delivery.plannedAt;
  const settled = { ...recordSuccess(destination, delivery, closedAt), ...decided(destination, delivery) };
  const rejection = delivery.steps.map(({ outcome }) => outcome).find(isRejection);
  if (rejection === undefined) return settled;

  return troubleDestination(settled, rejection, closedAt);
}

/** The destination after a place rejected what was sent, or was looked for and not found; undefined as above. */
export function troubleDestination(
  destination: Destination,
  { kind, code }: Pick<Trouble, 'kind' | 'code'>,
  at: Instant,
): Destination | undefined {
  const before = destination.trouble;
  const since = before?.kind === kind ? before.since : at;
  if (kind === 'gone' && at - since >= KEPT_WHEN_GONE) return undefined;
  return { ...destination, trouble: { kind, code, since, attemptedAt: at } };
}

/** The destination after something got through, or was seen to be there. */
export function clearTrouble(destination: Destination): Destination {
  if (destination.trouble === undefined) return destination;
  const { trouble: _cleared, ...untroubled } = destination;
  return untroubled;
}

/** The destination after a slot that had no papers. */
export function settleEmptySlot(destination: Destination, slot: Instant): Destination {
  return {
    ...destination,
    decidedSlot: later(destination.decidedSlot, slot),
    coveredSlot: later(destination.coveredSlot, slot),
  };
}

function recordSuccess(destination: Destination, delivery: Delivery, at: Instant): Destination {
  if (!delivery.steps.some(({ outcome }) => outcome?.kind === 'sent')) return destination;
  return { ...clearTrouble(destination), lastDeliveredAt: later(destination.lastDeliveredAt, at) };
}

function decided(destination: Destination, delivery: Delivery): Partial<Destination> {
  if (delivery.kind === 'sample' || delivery.state === 'cancelled') return {};
  const decidedSlot = later(destination.decidedSlot, delivery.slot);
  if (delivery.state !== 'done') return { decidedSlot };
  return { decidedSlot, coveredSlot: later(destination.coveredSlot, delivery.slot) };
}

function later(present: Instant | undefined, candidate: Instant): Instant {
  return present === undefined ? candidate : Math.max(present, candidate);
}
