import type { Clock, Random } from '../calendar/clock.ts';
import type { Log } from '../log.ts';
import type { Instant } from '../calendar/zoned-time.ts';
import { type Delivery, isMalformed, type PlannedStep, type Step } from './delivery.ts';
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
  /** The step whose attempt this run has written, and which it is to send now. */
  attempted?: { readonly view: DeliveryView; readonly n: number } | undefined;
  /** It has closed the delivery itself: nothing needs to be read to know that. */
  isClosed?: true;
  /** Discord's code of the last refusal. */
  refusal?: number;
}

export type RunEnd =
  | { readonly kind: 'closed' | 'stopped' }
  /** Nothing can be done before so many ms have passed. */
  | { readonly kind: 'wait'; readonly ms: number };

/** A run of a delivery that this process finds open, or has just planned with the attempt of its first step. */
export function startRun(
  deliveryId: string,
  clock: Clock,
  attempted?: DeliveryRun['attempted'],
): DeliveryRun {
  return { deliveryId, lastLeftAt: clock.monotonic(), failures: 0, isStopping: false, attempted };
}

/** After one more failure in a row. */
export function retryLater(run: DeliveryRun, random: Random, retryAfterMs?: number): RunEnd {
  run.failures += 1;
  return { kind: 'wait', ms: retryDelay({ failures: run.failures, random, retryAfterMs }) };
}

/**
 * Writes an event, and all that follows from it without asking anybody, in one transaction. Where the next step can be
 * sent at once, its attempt is written with it: each transaction waits for the disk.
 */
export async function record(
  run: DeliveryRun,
  event: DeliveryEvent,
  { ledger, clock, log, transport }: Pick<DeliverTools, 'ledger' | 'clock' | 'log' | 'transport'>,
): Promise<void> {
  const situation = { now: clock.now(), isRemoved: false, sinceFirstAttemptMs: Infinity };
  const discordTime = run.isStopping || event.kind !== 'sent' ? undefined : transport.timeNow()?.earliest;
  let next: number | undefined;
  const after = await ledger.transition(run.deliveryId, (view) => {
    const done = applyAll(view, event, situation);
    const attempted =
      discordTime === undefined ? undefined : attemptNext(done.delivery, situation, discordTime);
    next = attempted?.n;
    return attempted === undefined ? done : { ...done, delivery: attempted.delivery };
  });
  run.attempted = after === undefined || next === undefined ? undefined : { view: after, n: next };
  const delivery = after?.delivery;
  if (delivery === undefined || delivery.state === 'open') return;
  run.isClosed = true;
  const { id, state, steps, destinationId } = delivery;
  const fields = { delivery: id, destination: destinationId, state, steps: steps.length };
  if (isMalformed(delivery))
    log.error(fields, 'Discord calls every paper malformed: a fault of the renderer');
  else if (state === 'done' || state === 'cancelled') log.info(fields, 'delivery closed');
  else log.warn(fields, 'delivery closed without all of it sent');
}

/** The delivery with the attempt of the step that is to be sent for the first time now; undefined where none is. */
export function attemptNext(
  delivery: Delivery,
  situation: Situation,
  discordTime: Instant,
): { readonly delivery: Delivery; readonly n: number } | undefined {
  const action = nextAction(delivery, situation);
  if (action.kind !== 'send' || action.unconfirmed) return undefined;
  const event = { kind: 'attempt', n: action.n, at: discordTime, unconfirmed: false } as const;
  return { delivery: apply({ delivery, destination: undefined }, event).delivery, n: action.n };
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
