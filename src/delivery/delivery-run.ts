import type { Clock, Random } from '../calendar/clock.ts';
import type { Log } from '../log.ts';
import { isMalformed, type PlannedStep, type Step } from './delivery.ts';
import type { DeliveryLedger, DeliveryView } from './delivery-ledger.ts';
import type { DeliveryTransport } from './delivery-transport.ts';
import { retryDelay } from './retry.ts';
import { apply, type DeliveryEvent, nextAction, type Situation, type Transition } from './transitions.ts';

export interface DeliverTools {
  readonly clock: Clock;
  readonly random: Random;
  readonly ledger: DeliveryLedger;
  readonly transport: DeliveryTransport;
  /** Renders each paper of a step alone, under numbers that are free. */
  readonly renderAlone: (
    view: DeliveryView,
    step: Step,
    numbers: readonly number[],
  ) => readonly PlannedStep[];
  readonly log: Log;
  /** Called when no send can succeed any more, such as with a revoked token; the process should stop. */
  readonly onFatal: (message: string) => void;
}

/** What this process knows of a delivery that it sends, beside the ledger. */
export interface DeliveryRun {
  readonly deliveryId: string;
  /** Until when a request of its uncertain step may have left, by the monotonic clock. */
  lastLeftAt: number;
  /** In a row. */
  failures: number;
  /** Nothing new is sent; what is under way is finished. */
  isStopping: boolean;
  /** Settles once the request under way is answered and recorded. Never rejects. */
  request?: Promise<unknown>;
  /** Discord's code of the last refusal. */
  refusal?: number;
}

export type RunEnd =
  | { readonly kind: 'closed' | 'stopped' }
  /** Nothing can be done before so many ms have passed. */
  | { readonly kind: 'wait'; readonly ms: number };

/** A run of a delivery that this process finds open, or has just planned. */
export function startRun(deliveryId: string, clock: Clock): DeliveryRun {
  return { deliveryId, lastLeftAt: clock.monotonic(), failures: 0, isStopping: false };
}

/** After one more failure in a row. */
export function retryLater(run: DeliveryRun, random: Random, retryAfterMs?: number): RunEnd {
  run.failures += 1;
  return { kind: 'wait', ms: retryDelay({ failures: run.failures, random, retryAfterMs }) };
}

/** Writes an event, and all that follows from it without asking anybody, in one transaction. */
export async function record(
  run: DeliveryRun,
  event: DeliveryEvent,
  { ledger, clock, log }: Pick<DeliverTools, 'ledger' | 'clock' | 'log'>,
): Promise<void> {
  const situation = { now: clock.now(), isRemoved: false, sinceFirstAttemptMs: Infinity };
  const after = await ledger.transition(run.deliveryId, (view) => applyAll(view, event, situation));
  const delivery = after?.delivery;
  if (delivery === undefined || delivery.state === 'open') return;
  const { id, state, steps, destinationId } = delivery;
  const fields = { delivery: id, destination: destinationId, state, steps: steps.length };
  if (isMalformed(delivery))
    log.error(fields, 'Discord calls every paper malformed: a fault of the renderer');
  else if (state === 'done' || state === 'cancelled') log.info(fields, 'delivery closed');
  else log.warn(fields, 'delivery closed without all of it sent');
}

function applyAll(view: DeliveryView, event: DeliveryEvent, situation: Situation): Transition {
  const done = apply(view, event);
  const destination = done.destination === 'removed' ? undefined : (done.destination ?? view.destination);
  const present = { delivery: done.delivery, destination };
  const action = nextAction(present.delivery, situation);
  if (action.kind !== 'record') return done;
  const rest = applyAll(present, action.event, situation);
  const changed = done.destination === 'removed' ? done.destination : (rest.destination ?? done.destination);
  return {
    delivery: rest.delivery,
    records: [...done.records, ...rest.records],
    ...(changed === undefined ? {} : { destination: changed }),
  };
}
