import { type Instant, MINUTE_MS } from '../calendar/zoned-time.ts';
import { attemptStep, conclude, markStep, recordOutcome } from './attempt-step.ts';
import { backOffDelay } from './back-off.ts';
import type { Delivery } from './delivery.ts';
import { SLOT_LIFETIME } from './due.ts';
import { endDelivery } from './end-delivery.ts';
import { findFate } from './find-fate.ts';
import type { FlowDependencies } from './flow-dependencies.ts';
import { findBarrier, holdDelivery } from './hold-delivery.ts';
import type { Setback, StepSearch } from './messenger.ts';
import { openPlace } from './open-place.ts';
import { finalState } from './outcomes.ts';
import type { StepResult } from './step-result.ts';

/** What the rest of the flow can tell a delivery that is being sent. */
export interface RunControl {
  /** Why nothing more is to be sent; the step in flight is finished and recorded. */
  halt?: { readonly kind: 'cancel'; readonly reason: string } | { readonly kind: 'stop' };
  /** Ends a back-off early. */
  readonly wake: AbortController;
  /** While it waits after a send that failed. */
  nextTryAt?: Instant | undefined;
  /** Called when the first turn to send has come, or none comes soon. */
  onFirstTurn?: () => void;
}

export interface DeliveryRun {
  /** Closed, or still open when the run was stopped. */
  readonly delivery: Delivery;
  /** The last answer of the medium that was not a success. */
  readonly setback?: Setback;
}

const SAMPLE_LIFETIME = 10 * MINUTE_MS;

/**
 * Sends the steps of a delivery in order, from where they stand. Each attempt is written down before it is made, the
 * first with the plan; after it the outcome and the sent marks, after the last the closing with its outcome, and the
 * decided slot. Repeating any write is harmless.
 */
export async function runDelivery(
  deps: FlowDependencies,
  planned: Delivery,
  control: RunControl,
): Promise<DeliveryRun> {
  let run: DeliveryRun = { delivery: planned };
  let failures = 0;
  await markSentSteps(deps, planned);
  while (run.delivery.state === 'open') {
    const setback = await openFirst(deps, run.delivery, control);
    const turn = setback ?? (await nextTurn(deps, run.delivery, control));
    run = turn.setback === undefined ? { ...run, delivery: turn.delivery } : turn;
    if (turn.end !== undefined) break;
    failures = turn.setback?.kind === 'failed' ? failures + 1 : 0;
    if (turn.setback?.kind !== 'failed') continue;

    control.onFirstTurn?.();
    const delay = backOffDelay(failures - 1, deps.random, turn.setback.retryAfter);
    deps.log.warn({ delivery: planned.id, delay, reason: turn.setback.message }, 'send failed, trying again');
    const left = Math.max(0, expiryOf(planned) - deps.clock.now());
    control.nextTryAt = deps.clock.now() + Math.min(delay, left);
    await deps.clock.sleep(Math.min(delay, left), control.wake.signal);
    control.nextTryAt = undefined;
  }
  return run;
}

/** Outside its turn, as opening may wait for one of its own; undefined when the next step can be taken. */
async function openFirst(
  deps: FlowDependencies,
  delivery: Delivery,
  control: RunControl,
): Promise<StepResult | undefined> {
  const index = delivery.steps.findIndex(({ outcome }) => outcome === undefined);
  const isOver = finalState(delivery) !== undefined || deps.clock.now() >= expiryOf(delivery);
  if (index === -1 || isOver || control.halt !== undefined || isGivenUp(deps, delivery)) return undefined;
  const outcome = await openPlace(deps, delivery, control.wake.signal);
  return outcome && conclude(deps, { delivery, index, outcome, isUnknown: true });
}

/** Only sending has to wait for its turn. */
async function nextTurn(
  deps: FlowDependencies,
  delivery: Delivery,
  control: RunControl,
): Promise<StepResult> {
  if (finalState(delivery) !== undefined) return takeTurn(deps, delivery, control);
  const turn = { destinationId: delivery.destinationId, signal: control.wake.signal };
  return deps.inTurn(turn, () => {
    control.onFirstTurn?.();
    return takeTurn(deps, delivery, control);
  });
}

/** One step, or the closing; everything that may have changed since the last one is looked at again. */
async function takeTurn(deps: FlowDependencies, current: Delivery, control: RunControl): Promise<StepResult> {
  const index = current.steps.findIndex(({ outcome }) => outcome === undefined);
  const ended = finalState(current);
  if (ended !== undefined || index === -1) return endDelivery(deps, current, ended ?? 'done');
  if (control.halt?.kind === 'stop') return { delivery: current, end: true };

  const destination = deps.destinations.get(current.destinationId);
  if (destination === undefined) return endDelivery(deps, current, 'cancelled');
  const fate = await findFate(deps, { destination, delivery: current, index });
  if (fate.kind === 'found') {
    const { messageId, sentAt } = fate;
    return recordOutcome(deps, { delivery: current, index, sentAt }, { kind: 'sent', messageId });
  }
  if (fate.kind === 'marked') {
    const sentAt = current.steps[index]?.attemptedAt ?? current.plannedAt;
    return recordOutcome(deps, { delivery: current, index, sentAt }, { kind: 'sent' });
  }
  if (fate.kind === 'fatal')
    return conclude(deps, { delivery: current, index, outcome: fate, isUnknown: true });
  // Looking for a step takes a while: the answers below are those of after it.
  const isCancelled = control.halt?.kind === 'cancel' || isGivenUp(deps, current);
  if (isCancelled) return giveUp(deps, current, { fate, state: 'cancelled' });
  if (control.halt !== undefined) return { delivery: current, end: true };
  if (deps.clock.now() >= expiryOf(current)) return giveUp(deps, current, { fate, state: 'expired' });
  return attemptStep(deps, { destination, delivery: current, index }, fate);
}

/** What may stand there is not given up before that can be told: its papers would come again. */
async function giveUp(
  deps: FlowDependencies,
  current: Delivery,
  { fate, state }: { readonly fate: StepSearch; readonly state: 'cancelled' | 'expired' },
): Promise<StepResult> {
  if (fate.kind === 'absent') return endDelivery(deps, current, state);
  const barrier = fate.kind === 'unanswered' ? fate.kind : await findBarrier(deps, current);
  if (barrier === undefined) return endDelivery(deps, current, state);
  const delivery = state === 'cancelled' ? await keepCancelled(deps, current) : current;
  return barrier === 'unanswered' ? { delivery, end: true } : holdDelivery(deps, delivery, barrier);
}

/** Nothing of it is sent any more, and it stays open, so that nothing else is planned, until the medium can tell. */
async function keepCancelled(deps: FlowDependencies, current: Delivery): Promise<Delivery> {
  if (current.cancelledAt !== undefined) return current;
  const delivery = { ...current, cancelledAt: deps.clock.now() };
  await deps.deliveries.save(delivery);
  deps.log.warn({ delivery: delivery.id }, 'cancelled while the fate of a step is unknown, kept open');
  return delivery;
}

/** After a crash between an outcome and its sent marks. */
async function markSentSteps(deps: FlowDependencies, delivery: Delivery): Promise<void> {
  for (const step of delivery.steps) {
    if (step.outcome?.kind !== 'sent') continue;
    await markStep(deps, { delivery, step }, step.attemptedAt ?? delivery.plannedAt);
  }
}

/** Cancelled by somebody, or its destination is paused or removed. */
function isGivenUp(deps: FlowDependencies, { cancelledAt, destinationId, kind }: Delivery): boolean {
  if (cancelledAt !== undefined) return true;
  const destination = deps.destinations.get(destinationId);
  return destination === undefined || (kind === 'digest' && destination.pausedAt !== undefined);
}

function expiryOf({ kind, slot }: Delivery): Instant {
  return slot + (kind === 'sample' ? SAMPLE_LIFETIME : SLOT_LIFETIME);
}
