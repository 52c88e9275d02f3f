import type { Clock } from '../calendar/clock.ts';
import type { Log } from '../log.ts';
import {
  type Delivery,
  freshNumbers,
  type PlannedStep,
  type RenderedStep,
  type Step,
  stepOf,
} from './delivery.ts';
import type { DeliveryLedger, DeliveryView } from './delivery-ledger.ts';
import type { DeliveryTransport, SendAnswer } from './delivery-transport.ts';
import { ASKED_EVERY_MS } from './destination-after.ts';
import {
  type Action,
  apply,
  type DeliveryEvent,
  LANDING_MS,
  leaveBy,
  nextAction,
  type Situation,
} from './transitions.ts';

export interface PerformTools {
  readonly clock: Clock;
  readonly ledger: DeliveryLedger;
  readonly transport: DeliveryTransport;
  /** A step as its papers are now; undefined where the archive has none of them at present. */
  readonly render: (step: Step) => RenderedStep | undefined;
  /** Each paper of a step alone, under numbers that are free. */
  readonly layOutAlone: (step: Step, numbers: readonly number[]) => readonly PlannedStep[];
  readonly log: Log;
}

/** An action that was chosen for a delivery as it was. */
export interface Order {
  readonly view: DeliveryView;
  readonly action: Exclude<Action, { kind: 'nothing' }>;
  /** In which it was chosen; undefined for a step whose attempt is written already. */
  readonly situation?: Situation;
}

export type Look = NonNullable<Situation['look']>;

/** For so many ms, or by the retry policy and not before Discord wants it. */
export type Pause = { readonly ms: number } | { readonly retryAfterMs: number };

/** What came of an action. */
export interface Outcome {
  /** To be written. */
  readonly event?: DeliveryEvent;
  /** What a look-up said, for the next decision. */
  readonly look?: Look;
  /** How long nothing more can be done. */
  readonly pause?: Pause;
  /** Discord's code. */
  readonly refusal?: number;
  /** No send can succeed any more. */
  readonly fatal?: string;
}

/** What the run knows that performs it. */
interface Sender {
  readonly isStopping: boolean;
  /** See `DeliveryRun`. */
  lastLeftAt: number;
}

/** How long after a request has surely landed it is looked for, in ms. */
const AFTER_LANDING_MS = 1_000;

const SOON: Outcome = { pause: { retryAfterMs: 0 } };

/** The I/O of an action. Raises `StorageError`. */
export async function perform(order: Order, sender: Sender, tools: PerformTools): Promise<Outcome> {
  const { view, action } = order;
  switch (action.kind) {
    case 'record':
      return { event: action.event };
    case 'split':
      return { event: split(view.delivery, action.n, tools) };
    case 'look':
      return await lookUp(view.delivery, { n: action.n, lastLeftAt: sender.lastLeftAt }, tools);
    case 'send':
      return await send({ ...order, action }, sender, tools);
    case 'wait':
      return { pause: pauseAfter(order.situation?.look) };
  }
}

/** Nothing can be done about an uncertain step before it is looked for once more. */
function pauseAfter(look: Look | undefined): Pause {
  if (look?.answer === 'blocked' || look?.answer === 'gone') return { ms: ASKED_EVERY_MS[look.answer] };
  const mayLand = look !== undefined && look.answer !== 'unanswered' && look.sinceLeftMs <= LANDING_MS;
  return mayLand ? { ms: LANDING_MS - look.sinceLeftMs + AFTER_LANDING_MS } : { retryAfterMs: 0 };
}

function split(delivery: Delivery, n: number, { layOutAlone, log }: PerformTools): DeliveryEvent {
  const step = stepOf(delivery, n);
  log.warn({ delivery: delivery.id, step: n, papers: step.papers.length }, 'sending each paper alone');
  return { kind: 'split', n, steps: layOutAlone(step, freshNumbers(delivery, step.papers.length)) };
}

async function lookUp(
  delivery: Delivery,
  { n, lastLeftAt }: { readonly n: number; readonly lastLeftAt: number },
  { clock, transport, log }: PerformTools,
): Promise<Outcome> {
  const sinceLeftMs = clock.monotonic() - lastLeftAt;
  const answer = await transport.lookUp({ delivery, step: stepOf(delivery, n) });
  log.info({ delivery: delivery.id, step: n, answer: answer.kind }, 'looked for a step');
  switch (answer.kind) {
    case 'fatal':
      return { fatal: answer.message };
    case 'found':
      return { event: { kind: 'sent', n, messageId: answer.messageId, at: answer.sentAt } };
    case 'blocked':
    case 'gone': {
      const event = { kind: 'look-barred', n, barred: answer, at: clock.now() } as const;
      return { event, look: { answer: answer.kind, sinceLeftMs } };
    }
    case 'absent':
    case 'unanswered':
    case 'unrecognised':
    case 'unreadable':
      return { look: { answer: answer.kind, sinceLeftMs } };
  }
}

type SendOrder = Order & { readonly action: Extract<Action, { kind: 'send' }> };

/** Writes the attempt where that is still to be done, and sends. */
async function send(order: SendOrder, sender: Sender, tools: PerformTools): Promise<Outcome> {
  const { ledger, transport, clock } = tools;
  const { n, unconfirmed } = order.action;
  let { view } = order;
  if (order.situation !== undefined) {
    const time = await transport.time();
    if (time === undefined) return SOON;
    const attempted = await ledger.transition(view.delivery.id, (present) =>
      isStillDue(present, order, clock)
        ? apply(present, { kind: 'attempt', n, at: time.earliest, unconfirmed })
        : undefined,
    );
    if (attempted === undefined) return {};
    view = attempted;
  }
  const { delivery, destination } = view;
  const step = stepOf(delivery, n);
  const rendered = tools.render(step);
  if (rendered === undefined) {
    tools.log.warn(
      { delivery: delivery.id, step: n },
      'the papers of a step are not in the archive, waiting',
    );
    return { event: { kind: 'no-effect', n }, ...SOON };
  }
  const deadline = unconfirmed ? undefined : leaveBy(step);
  const isTooLate = () => deadline !== undefined && (transport.timeNow()?.latest ?? Infinity) > deadline;
  try {
    const answer = await transport.send({
      delivery,
      step,
      payload: rendered.payload,
      role: step.mentions ? destination?.mention : undefined,
      parentMessageId: delivery.steps.find((one) => one.n === step.threadOf)?.messageId,
      mayLeave: () => !sender.isStopping && !isTooLate(),
    });
    return readAnswer(answer, { delivery, step, shown: rendered.shown }, tools);
  } finally {
    sender.lastLeftAt = clock.monotonic();
  }
}

/** Asked in the transaction of the attempt: somebody may have paused or unfollowed meanwhile. */
function isStillDue({ delivery }: DeliveryView, { action, situation }: SendOrder, clock: Clock): boolean {
  if (situation === undefined) return false;
  const again = nextAction(delivery, { ...situation, now: clock.now() });
  return again.kind === 'send' && again.n === action.n && again.unconfirmed === action.unconfirmed;
}

function readAnswer(
  answer: SendAnswer,
  {
    delivery,
    step,
    shown,
  }: { readonly delivery: Delivery; readonly step: Step; readonly shown: string | undefined },
  { clock, log }: PerformTools,
): Outcome {
  const { n } = step;
  const fields = { delivery: delivery.id, step: n, answer };
  const at = clock.now();
  switch (answer.kind) {
    case 'sent': {
      const { messageId } = answer;
      return { event: { kind: 'sent', n, messageId, at, ...(shown === undefined ? {} : { shown }) } };
    }
    case 'sent-and-deleted':
      return { event: { kind: 'sent', n, at } };
    case 'failed':
      log.warn(fields, 'a step failed, trying again');
      return { event: { kind: 'no-effect', n }, pause: { retryAfterMs: answer.retryAfterMs ?? 0 } };
    case 'unclear':
      log.warn(fields, 'no answer is known for a step, looking for it');
      return { event: { kind: 'unclear', n }, pause: { retryAfterMs: answer.retryAfterMs ?? 0 } };
    case 'held-back':
      return { event: { kind: 'no-effect', n }, ...SOON };
    case 'fatal':
      return { event: { kind: 'no-effect', n }, fatal: answer.message };
    case 'content':
    case 'skipped': {
      log.warn(fields, 'Discord refused a step');
      const { kind, code } = answer;
      return { event: { kind, n, code }, refusal: code, ...(step.attempts > 1 ? SOON : {}) };
    }
    case 'blocked':
    case 'gone':
    case 'dms-closed': {
      log.warn(fields, 'Discord refused a step');
      const { kind, code } = answer;
      const event = { kind: 'barred', n, at, barred: answer } as const;
      // An earlier attempt is uncertain, and is looked for later.
      return { event, refusal: code, ...(step.attempts > 1 ? { pause: { ms: ASKED_EVERY_MS[kind] } } : {}) };
    }
  }
}
