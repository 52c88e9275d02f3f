import { type Instant, MINUTE_MS } from '../calendar/zoned-time.ts';
import type { Destination } from '../subscriptions/destination.ts';
import type { Delivery, DeliveryStep, SendOutcome } from './delivery.ts';
import { endDelivery } from './end-delivery.ts';
import type { FlowDependencies } from './flow-dependencies.ts';
import { holdDelivery } from './hold-delivery.ts';
import type { Setback, StepSearch } from './messenger.ts';
import { finalState, isRejection, replaceStep, stepOf } from './outcomes.ts';
import type { StepResult } from './step-result.ts';

export interface StepRequest {
  readonly destination: Destination;
  readonly delivery: Delivery;
  readonly index: number;
}

/**
 * Discord remembers nonces for a few minutes; within this time a repeated one surely makes no second message. Forum
 * posts have none, and a message has no second thread.
 */
const NONCE_MEMORY = 2 * MINUTE_MS;

/** Sending again would risk a second message: it is looked for once more instead, later. */
const UNTOLD: Setback = {
  kind: 'failed',
  message: 'there is no answer yet to what became of the last attempt',
  unknownFate: true,
};

/** Nothing protects from a second message. */
function isUnprotected(deps: FlowDependencies, { kind, attemptedAt }: DeliveryStep): boolean {
  const isOld = attemptedAt !== undefined && deps.clock.now() - attemptedAt > NONCE_MEMORY;
  return kind === 'forum-post' || (kind === 'message' && isOld);
}

/** Sends one step, having written down that it will, and writes down what came of it. */
export async function attemptStep(
  deps: FlowDependencies,
  request: StepRequest,
  fate: StepSearch,
): Promise<StepResult> {
  const { delivery, index } = request;
  const step = stepOf(request);
  const isUncertain = fate.kind !== 'absent';
  const unconfirmed = isUncertain && isUnprotected(deps, step);
  if (unconfirmed && fate.kind === 'unanswered') return { delivery, setback: UNTOLD };
  const attemptedAt = step.attemptedAt ?? deps.clock.now();
  const attempted = replaceStep(delivery, index, { ...step, attemptedAt });
  await deps.deliveries.save(attempted);
  const outcome = await sendOncePlainly(deps, { ...request, delivery: attempted });
  if (outcome.kind === 'sent') {
    return recordOutcome(
      deps,
      { delivery: attempted, index },
      unconfirmed ? { ...outcome, unconfirmed } : outcome,
    );
  }
  // A refusal is an answer to this attempt, and says nothing about those before it.
  if (isUncertain && isRejection(outcome) && step.paperIds.length > 0) {
    return holdDelivery(deps, attempted, outcome);
  }
  const isUnknown = step.attemptedAt !== undefined || (outcome.kind === 'failed' && outcome.unknownFate);
  return conclude(deps, { delivery: attempted, index, outcome, isUnknown });
}

/** A payload that the medium calls malformed is sent once more as plain lines. */
async function sendOncePlainly(deps: FlowDependencies, request: StepRequest): Promise<SendOutcome> {
  const outcome = await deps.messenger.send({ ...request, plain: false });
  if (outcome.kind !== 'bad-payload' || stepOf(request).plainPayload === undefined) return outcome;
  deps.log.error({ delivery: request.delivery.id, index: request.index, outcome }, 'payload refused');
  return deps.messenger.send({ ...request, plain: true });
}

/** After an answer that was no success: only what is final is written down. */
export async function conclude(
  deps: FlowDependencies,
  {
    delivery,
    index,
    outcome,
    isUnknown,
  }: {
    readonly delivery: Delivery;
    readonly index: number;
    readonly outcome: Setback;
    /** Whether the step may have had its effect all the same. */
    readonly isUnknown: boolean;
  },
): Promise<StepResult> {
  if (outcome.kind === 'fatal' || outcome.kind === 'failed') {
    const kept = isUnknown ? delivery : await forgetAttempt(deps, delivery, index);
    if (outcome.kind === 'failed') return { delivery: kept, setback: outcome };
    deps.onFatal(outcome.message);
    return { delivery: kept, setback: outcome, end: true };
  }
  deps.log.warn({ delivery: delivery.id, index, outcome }, 'step not accepted');
  return { ...(await recordOutcome(deps, { delivery, index }, outcome)), setback: outcome };
}

export async function recordOutcome(
  deps: FlowDependencies,
  of: { readonly delivery: Delivery; readonly index: number; readonly sentAt?: Instant },
  outcome: NonNullable<DeliveryStep['outcome']>,
): Promise<StepResult> {
  const step = { ...stepOf(of), outcome };
  const delivery = replaceStep(of.delivery, of.index, step);
  const mark = async () => {
    if (outcome.kind === 'sent') await markStep(deps, { delivery, step }, of.sentAt ?? deps.clock.now());
  };
  const state = finalState(delivery);
  if (state === undefined) {
    await Promise.all([deps.deliveries.save(delivery), mark()]);
    return { delivery };
  }
  // A closed delivery is not looked at again: its marks are there before it is.
  await mark();
  return endDelivery(deps, delivery, state);
}

/** Writes what a sent step means beyond its delivery. Repeating it is harmless. */
export async function markStep(
  deps: Pick<FlowDependencies, 'deliveries' | 'destinations'>,
  { delivery, step }: { readonly delivery: Delivery; readonly step: DeliveryStep },
  at: Instant,
): Promise<void> {
  const { destinationId } = delivery;
  const { paperIds, passedOver } = step;
  await Promise.all([
    paperIds.length > 0 && deps.deliveries.markSent(destinationId, paperIds, at),
    passedOver && deps.deliveries.markPassedOver(destinationId, passedOver, at),
    step.mention &&
      deps.destinations.update(
        destinationId,
        (latest) => latest && { ...latest, mentionedAt: Math.max(at, latest.mentionedAt ?? at) },
      ),
  ]);
}

/** The attempt surely had no effect: nothing needs to be looked for. */
async function forgetAttempt(deps: FlowDependencies, current: Delivery, index: number): Promise<Delivery> {
  const { attemptedAt: _forgotten, ...step } = stepOf({ delivery: current, index });
  const delivery = replaceStep(current, index, step);
  await deps.deliveries.save(delivery);
  return delivery;
}
