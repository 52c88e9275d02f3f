import { type Delivery, stepOf } from './delivery.ts';
import type { DeliveryView } from './delivery-ledger.ts';
import type { Barred, SendAnswer, SendRequest } from './delivery-transport.ts';
import { type DeliverTools, type DeliveryRun, record, retryLater, type RunEnd } from './delivery-run.ts';
import { ASKED_EVERY_MS } from './destination-after.ts';
import {
  type Action,
  apply,
  type DeliveryEvent,
  leaveBy,
  nextAction,
  type Situation,
} from './transitions.ts';

export interface SendOrder {
  readonly action: Extract<Action, { kind: 'send' }>;
  /** In which the action was chosen. */
  readonly situation: Situation;
}

type Refusal = Barred | Extract<SendAnswer, { kind: 'content' | 'skipped' }>;

/**
 * Writes the attempt, sends, and writes what came of it. Gives how the run ends; undefined when it can go on. Raises
 * `StorageError`: an attempt whose outcome could not be written is uncertain.
 */
export async function sendStep(
  run: DeliveryRun,
  order: SendOrder,
  tools: DeliverTools,
): Promise<RunEnd | undefined> {
  const time = await tools.transport.time();
  if (time === undefined) return retryLater(run, tools.random);
  const { n, unconfirmed } = order.action;
  const attempted = await tools.ledger.transition(run.deliveryId, (view) =>
    isStillDue(view, order, tools)
      ? apply(view, { kind: 'attempt', n, at: time.earliest, unconfirmed })
      : undefined,
  );
  return attempted && (await sendAttempted(run, { view: attempted, n, unconfirmed }, tools));
}

export interface AttemptedStep {
  readonly view: DeliveryView;
  readonly n: number;
  readonly unconfirmed: boolean;
}

/** Sends a step whose attempt is written, and writes what came of it. */
export async function sendAttempted(
  run: DeliveryRun,
  attempted: AttemptedStep,
  tools: DeliverTools,
): Promise<RunEnd | undefined> {
  try {
    const answer = await tools.transport.send(buildRequest(run, attempted, tools));
    return await settle(run, { delivery: attempted.view.delivery, n: attempted.n, answer }, tools);
  } finally {
    run.lastLeftAt = tools.clock.monotonic();
  }
}

/** Asked in the transaction of the attempt: somebody may have paused or unfollowed meanwhile. */
function isStillDue(
  { delivery }: DeliveryView,
  { action, situation }: SendOrder,
  { clock }: DeliverTools,
): boolean {
  const again = nextAction(delivery, { ...situation, now: clock.now() });
  return again.kind === 'send' && again.n === action.n && again.unconfirmed === action.unconfirmed;
}

function buildRequest(
  run: DeliveryRun,
  { view: { delivery, destination }, n, unconfirmed }: AttemptedStep,
  { transport }: DeliverTools,
): SendRequest {
  const step = stepOf(delivery, n);
  const parent = delivery.steps.find((one) => one.n === step.threadOf);
  const deadline = unconfirmed ? undefined : leaveBy(step);
  const isTooLate = () => deadline !== undefined && (transport.timeNow()?.latest ?? Infinity) > deadline;
  return {
    delivery,
    step,
    role: step.mentions ? destination?.mention : undefined,
    parentMessageId: parent?.messageId,
    mayLeave: () => !run.isStopping && !isTooLate(),
  };
}

async function settle(
  run: DeliveryRun,
  { delivery, n, answer }: { readonly delivery: Delivery; readonly n: number; readonly answer: SendAnswer },
  tools: DeliverTools,
): Promise<RunEnd | undefined> {
  const { clock, random, log } = tools;
  const fields = { delivery: delivery.id, step: n, answer };
  switch (answer.kind) {
    case 'sent':
    case 'sent-and-deleted': {
      run.failures = 0;
      const at = clock.now();
      const made = answer.kind === 'sent' ? { messageId: answer.messageId } : {};
      await record(run, { kind: 'sent', n, at, ...made }, tools);
      return undefined;
    }
    case 'failed':
      log.warn(fields, 'a step failed, trying again');
      await record(run, { kind: 'no-effect', n }, tools);
      return retryLater(run, random, answer.retryAfterMs);
    case 'unclear':
      log.warn(fields, 'no answer is known for a step, looking for it');
      await record(run, { kind: 'unclear', n }, tools);
      return retryLater(run, random, answer.retryAfterMs);
    case 'held-back':
      await record(run, { kind: 'no-effect', n }, tools);
      return undefined;
    case 'fatal':
      await record(run, { kind: 'no-effect', n }, tools);
      tools.onFatal(answer.message);
      return { kind: 'stopped' };
    case 'blocked':
    case 'gone':
    case 'dms-closed':
    case 'content':
    case 'skipped': {
      log.warn(fields, 'Discord refused a step');
      run.refusal = answer.code;
      await record(run, refusalEvent(answer, n, clock.now()), tools);
      // An earlier attempt is uncertain, and is looked for later.
      return stepOf(delivery, n).attempts > 1 ? waitAfterRefusal(run, answer, tools) : undefined;
    }
  }
}

function refusalEvent(answer: Refusal, n: number, at: number): DeliveryEvent {
  const { kind, code } = answer;
  return kind === 'content' || kind === 'skipped'
    ? { kind, n, code }
    : { kind: 'barred', n, at, barred: answer };
}

function waitAfterRefusal(run: DeliveryRun, { kind }: Refusal, { random }: DeliverTools): RunEnd {
  if (kind === 'content' || kind === 'skipped') return retryLater(run, random);
  return { kind: 'wait', ms: ASKED_EVERY_MS[kind] };
}
