import type { Clock } from '../calendar/clock.ts';
import type { Instant } from '../calendar/zoned-time.ts';
import type { Log } from '../log.ts';
import { type Delivery, INVALID_FORM, refusalByPlace } from './delivery.ts';
import type { DeliveryLedger, DeliveryView } from './delivery-ledger.ts';
import type { DeliveryTransport } from './delivery-transport.ts';
import { apply, type DeliveryEvent, nextAction, type Situation, type Transition } from './transitions.ts';

/** A step whose attempt is written, and the delivery as it was written. */
export interface AttemptedStep {
  readonly view: DeliveryView;
  readonly n: number;
}

/**
 * Writes an event, and all that follows from it without asking anybody, in one transaction. Where the next step can be
 * sent at once, its attempt is written with it: each transaction waits for the disk.
 */
export async function recordEvent(
  {
    deliveryId,
    event,
    isStopping,
  }: { readonly deliveryId: string; readonly event: DeliveryEvent; readonly isStopping: boolean },
  {
    ledger,
    clock,
    log,
    transport,
  }: {
    readonly ledger: Pick<DeliveryLedger, 'transition'>;
    readonly clock: Clock;
    readonly log: Log;
    readonly transport: Pick<DeliveryTransport, 'timeNow'>;
  },
): Promise<{ readonly attempted: AttemptedStep | undefined; readonly isClosed: boolean }> {
  const situation = { now: clock.now(), isRemoved: false, sinceFirstAttemptMs: Infinity };
  const discordTime = isStopping || event.kind !== 'sent' ? undefined : transport.timeNow()?.earliest;
  let next: number | undefined;
  const after = await ledger.transition(deliveryId, (view) => {
    const done = applyAll(view, event, situation);
    const attempted =
      discordTime === undefined ? undefined : attemptNext(done.delivery, situation, discordTime);
    next = attempted?.n;
    return attempted === undefined ? done : { ...done, delivery: attempted.delivery };
  });
  const isClosed = after !== undefined && after.delivery.state !== 'open';
  if (isClosed) logClosing(after.delivery, log);
  return {
    attempted: after === undefined || next === undefined ? undefined : { view: after, n: next },
    isClosed,
  };
}

function logClosing(delivery: Delivery, log: Log): void {
  const { id, state, steps, destinationId } = delivery;
  const fields = { delivery: id, destination: destinationId, state, steps: steps.length };
  const code = refusalByPlace(delivery);
  if (code === INVALID_FORM)
    log.error(fields, 'Discord calls several papers malformed: a fault of the renderer');
  else if (code !== undefined) log.warn({ ...fields, code }, 'Discord refuses whatever is sent there');
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
