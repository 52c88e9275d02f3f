import { type Instant, MINUTE_MS } from '../calendar/zoned-time.ts';
import type { Destination } from '../subscriptions/destination.ts';
import { backOffDelay } from './back-off.ts';
import type { Delivery, DeliveryState, DeliveryStep, SendOutcome } from './delivery.ts';
import { SLOT_LIFETIME } from './due.ts';
import type { FlowDependencies } from './flow-dependencies.ts';
import { closeDelivery, finalState, replaceStep } from './outcomes.ts';
import { settleDelivery } from './settle-delivery.ts';

/** What the rest of the flow can tell a delivery that is being sent. */
export interface RunControl {
  /** Why nothing more is to be sent; the step in flight is finished and recorded. */
  halt?: { readonly kind: 'cancel'; readonly reason: string } | { readonly kind: 'stop' };
  /** Ends a back-off early. */
  readonly wake: AbortController;
}

export interface DeliveryRun {
  /** Closed, or still open when the run was stopped. */
  readonly delivery: Delivery;
  /** The last answer of the medium that was not a success. */
  readonly setback?: Exclude<SendOutcome, { kind: 'sent' }>;
}

/**
 * Discord remembers nonces for a few minutes; within this time a repeated one surely makes no second message. Forum
 * posts have none.
 */
const NONCE_MEMORY = 2 * MINUTE_MS;
const SAMPLE_LIFETIME = 10 * MINUTE_MS;

/**
 * Sends the steps of a delivery in order, from where they stand. Each attempt is written down before it is made; after
 * it the outcome, then the sent marks, and at the end the closing and the decided slot. Repeating any write is harmless.
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
    const turn = await nextTurn(deps, run.delivery, control);
    run = turn.setback === undefined ? { ...run, delivery: turn.delivery } : turn;
    if (turn.end !== undefined) break;
    failures = turn.setback?.kind === 'failed' ? failures + 1 : 0;
    if (turn.setback?.kind !== 'failed') continue;

    const delay = backOffDelay(failures - 1, deps.random, turn.setback.retryAfter);
    deps.log.warn({ delivery: planned.id, delay, reason: turn.setback.message }, 'send failed, trying again');
    const left = Math.max(0, expiryOf(planned) - deps.clock.now());
    await deps.clock.sleep(Math.min(delay, left), control.wake.signal);
  }
  return run;
}

interface Turn extends DeliveryRun {
  /** The run ends with the delivery still open. */
  readonly end?: true;
}

/** Only sending has to wait for its turn. */
async function nextTurn(deps: FlowDependencies, delivery: Delivery, control: RunControl): Promise<Turn> {
  if (finalState(delivery) !== undefined) return takeTurn(deps, delivery, control);
  const turn = { destinationId: delivery.destinationId, signal: control.wake.signal };
  return deps.inTurn(turn, () => takeTurn(deps, delivery, control));
}

/** One step, or the closing; everything that may have changed since the last one is looked at again. */
async function takeTurn(deps: FlowDependencies, current: Delivery, control: RunControl): Promise<Turn> {
  const index = current.steps.findIndex(({ outcome }) => outcome === undefined);
  const ended = finalState(current);
  if (ended !== undefined || index === -1) return close(deps, current, ended ?? 'done');
  if (control.halt?.kind === 'stop') return { delivery: current, end: true };

  const destination = deps.destinations.get(current.destinationId);
  if (destination === undefined) return close(deps, current, 'cancelled');
  const fate = await findFate(deps, { destination, delivery: current, index });
  if (fate.kind === 'found') {
    return record(deps, current, index, { kind: 'sent', messageId: fate.messageId });
  }
  // Looking for a step takes a while: the answers below are those of after it.
  if (control.halt?.kind === 'cancel' || isPaused(deps, current)) return close(deps, current, 'cancelled');
  if (control.halt !== undefined) return { delivery: current, end: true };
  if (deps.clock.now() >= expiryOf(current)) return close(deps, current, 'expired');
  return attempt(deps, { destination, delivery: current, index }, fate.unconfirmed);
}

interface StepRequest {
  readonly destination: Destination;
  readonly delivery: Delivery;
  readonly index: number;
}

/** What became of an earlier attempt; `unconfirmed` when nobody can tell and a repeated nonce no longer protects. */
async function findFate(
  deps: FlowDependencies,
  request: StepRequest,
): Promise<{ kind: 'found'; messageId: string } | { kind: 'send'; unconfirmed: boolean }> {
  const { attemptedAt, kind } = stepOf(request);
  if (attemptedAt === undefined) return { kind: 'send', unconfirmed: false };
  const search = await deps.messenger.find({ ...request, plain: false });
  if (search.kind === 'found') return search;
  const isForgotten = kind === 'forum-post' || deps.clock.now() - attemptedAt > NONCE_MEMORY;
  return { kind: 'send', unconfirmed: search.kind === 'unknown' && isForgotten };
}

async function attempt(deps: FlowDependencies, request: StepRequest, unconfirmed: boolean): Promise<Turn> {
  const { index } = request;
  const step = stepOf(request);
  const delivery = replaceStep(request.delivery, index, {
    ...step,
    attemptedAt: step.attemptedAt ?? deps.clock.now(),
  });
  await deps.deliveries.save(delivery);

  const outcome = await sendOncePlainly(deps, { ...request, delivery });
  if (outcome.kind === 'sent') {
    return record(deps, delivery, index, unconfirmed ? { ...outcome, unconfirmed } : outcome);
  }
  if (outcome.kind === 'fatal' || outcome.kind === 'failed') {
    const isUnknown = step.attemptedAt !== undefined || (outcome.kind === 'failed' && outcome.unknownFate);
    const kept = isUnknown ? delivery : await forgetAttempt(deps, delivery, index);
    if (outcome.kind === 'failed') return { delivery: kept, setback: outcome };
    deps.onFatal(outcome.message);
    return { delivery: kept, setback: outcome, end: true };
  }
  deps.log.warn({ delivery: delivery.id, index, outcome }, 'step not accepted');
  return { ...(await record(deps, delivery, index, outcome)), setback: outcome };
}

/** A payload that the medium calls malformed is sent once more as plain lines. */
async function sendOncePlainly(deps: FlowDependencies, request: StepRequest): Promise<SendOutcome> {
  const outcome = await deps.messenger.send({ ...request, plain: false });
  if (outcome.kind !== 'bad-payload' || stepOf(request).plainPayload === undefined) return outcome;
  deps.log.error({ delivery: request.delivery.id, index: request.index, outcome }, 'payload refused');
  return deps.messenger.send({ ...request, plain: true });
}

async function record(
  deps: FlowDependencies,
  current: Delivery,
  index: number,
  outcome: NonNullable<DeliveryStep['outcome']>,
): Promise<Turn> {
  const step = stepOf({ delivery: current, index });
  const delivery = replaceStep(current, index, { ...step, outcome });
  await deps.deliveries.save(delivery);
  if (outcome.kind === 'sent') {
    await deps.deliveries.markSent(delivery.destinationId, step.paperIds, deps.clock.now());
  }
  return { delivery };
}

/** The attempt surely had no effect: nothing needs to be looked for. */
async function forgetAttempt(deps: FlowDependencies, current: Delivery, index: number): Promise<Delivery> {
  const { attemptedAt: _forgotten, ...step } = stepOf({ delivery: current, index });
  const delivery = replaceStep(current, index, step);
  await deps.deliveries.save(delivery);
  return delivery;
}

async function close(deps: FlowDependencies, current: Delivery, state: DeliveryState): Promise<Turn> {
  const delivery = closeDelivery(current, state, deps.clock.now());
  await deps.deliveries.save(delivery);
  await settleDelivery(deps, delivery);
  deps.log.info({ delivery: delivery.id, state, steps: delivery.steps.length }, 'delivery closed');
  return { delivery };
}

/** After a crash between an outcome and its sent marks. */
async function markSentSteps(deps: FlowDependencies, delivery: Delivery): Promise<void> {
  for (const step of delivery.steps) {
    if (step.outcome?.kind !== 'sent') continue;
    await deps.deliveries.markSent(
      delivery.destinationId,
      step.paperIds,
      step.attemptedAt ?? delivery.plannedAt,
    );
  }
}

function isPaused(deps: FlowDependencies, { destinationId, kind }: Delivery): boolean {
  const destination = deps.destinations.get(destinationId);
  return destination === undefined || (kind === 'digest' && destination.pausedAt !== undefined);
}

function expiryOf({ kind, slot }: Delivery): Instant {
  return slot + (kind === 'sample' ? SAMPLE_LIFETIME : SLOT_LIFETIME);
}

function stepOf({ delivery, index }: { delivery: Delivery; index: number }): DeliveryStep {
  const step = delivery.steps[index];
  if (step === undefined) throw new RangeError(`delivery ${delivery.id} has no step ${index}`);
  return step;
}
