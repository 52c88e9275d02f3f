import type { Random } from '../calendar/clock.ts';
import type { Delivery } from './delivery.ts';
import { type Look, type Order, type Outcome, type Pause, perform, type PerformTools } from './perform.ts';
import { type AttemptedStep, recordEvent } from './record-event.ts';
import { retryDelay } from './retry.ts';
import { LIFETIME_MS, nextAction } from './transitions.ts';

export interface DeliverTools extends PerformTools {
  readonly random: Random;
  /** Called when no send can succeed any more, such as with a revoked token; the process should stop. */
  readonly onFatal: (message: string) => void;
  /** Until when a request of a process that led before may leave, by the monotonic clock; absent where there is none. */
  readonly othersUntil?: () => number;
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
  /** The step whose attempt is written, and which is to be sent now. */
  attempted?: AttemptedStep | undefined;
  /** It has closed the delivery itself: nothing needs to be read to know that. */
  isClosed?: boolean;
  /** Discord's code of the last refusal. */
  refusal?: number | undefined;
}

export type RunEnd =
  | { readonly kind: 'closed' | 'stopped' }
  /** Nothing can be done before so many ms have passed. */
  | { readonly kind: 'wait'; readonly ms: number };

/** A run of a delivery that this process finds open, or has just planned with the attempt of its first step. */
export function startRun(
  deliveryId: string,
  { clock, othersUntil }: Pick<DeliverTools, 'clock' | 'othersUntil'>,
  attempted?: AttemptedStep,
): DeliveryRun {
  const lastLeftAt = Math.max(clock.monotonic(), othersUntil?.() ?? -Infinity);
  return { deliveryId, lastLeftAt, failures: 0, isStopping: false, attempted };
}

/**
 * Goes on with a delivery until it is closed, has to wait, or the run is stopped: `transitions.ts` decides, `perform.ts`
 * does it, and what came of it is written. Raises `StorageError`, after which the same run can go on: an attempt whose
 * outcome could not be written is uncertain.
 */
export async function deliver(run: DeliveryRun, tools: DeliverTools): Promise<RunEnd> {
  let look: Look | undefined;
  for (;;) {
    const order = run.attempted === undefined ? await decide(run, look, tools) : takeAttempted(run.attempted);
    if (order === undefined) return { kind: 'closed' };
    if (run.isStopping && order.situation !== undefined) return { kind: 'stopped' };
    const acting = act(run, order, tools);
    // Whoever gives the delivery up waits for a send that is under way.
    if (order.action.kind === 'send') run.request = acting.catch(() => undefined);
    const outcome = await acting;
    if (outcome.fatal !== undefined) return { kind: 'stopped' };
    if (outcome.pause !== undefined) {
      return waitFor(run, { delivery: order.view.delivery, pause: outcome.pause }, tools);
    }
    look = outcome.look;
  }
}

/** Undefined when the delivery is closed. */
async function decide(
  run: DeliveryRun,
  look: Look | undefined,
  { ledger, transport, clock }: DeliverTools,
): Promise<Order | undefined> {
  const view = run.isClosed ? undefined : await ledger.get(run.deliveryId);
  if (view === undefined) return undefined;
  const first = view.delivery.steps.find(({ status }) => status === 'uncertain')?.firstAttemptAt;
  const latest = transport.timeNow()?.latest;
  const situation = {
    now: clock.now(),
    isRemoved: view.destination === undefined,
    sinceFirstAttemptMs: first === undefined || latest === undefined ? Infinity : latest - first,
    look,
  };
  const action = nextAction(view.delivery, situation);
  return action.kind === 'nothing' ? undefined : { view, action, situation };
}

function takeAttempted({ view, n }: AttemptedStep): Order {
  return { view, action: { kind: 'send', n, unconfirmed: false } };
}

/** Performs an action, and writes what came of it. */
async function act(run: DeliveryRun, order: Order, tools: DeliverTools): Promise<Outcome> {
  run.attempted = undefined;
  const outcome = await perform(order, run, tools);
  const { event, refusal, fatal } = outcome;
  if (refusal !== undefined) run.refusal = refusal;
  if (event?.kind === 'sent') run.failures = 0;
  if (event !== undefined) {
    const recorded = await recordEvent(
      { deliveryId: run.deliveryId, event, isStopping: run.isStopping },
      tools,
    );
    run.attempted = recorded.attempted;
    run.isClosed = recorded.isClosed;
  }
  if (fatal !== undefined) tools.onFatal(fatal);
  return outcome;
}

/** What expires while it waits is closed then. */
function waitFor(
  run: DeliveryRun,
  { delivery: { slot, kind }, pause }: { readonly delivery: Delivery; readonly pause: Pause },
  { clock, random }: DeliverTools,
): RunEnd {
  let ms: number;
  if ('ms' in pause) ms = pause.ms;
  else {
    run.failures += 1;
    ms = retryDelay({ failures: run.failures, random, retryAfterMs: pause.retryAfterMs });
  }
  const left = slot + LIFETIME_MS[kind] - clock.now();
  return { kind: 'wait', ms: left > 0 ? Math.min(ms, left) : ms };
}
