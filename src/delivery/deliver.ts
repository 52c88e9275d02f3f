import { type Delivery, stepOf } from './delivery.ts';
import type { DeliveryView } from './delivery-ledger.ts';
import { type DeliverTools, type DeliveryRun, record, retryLater, type RunEnd } from './delivery-run.ts';
import { ASKED_EVERY_MS } from './destination-after.ts';
import { sendAttempted, sendStep } from './send-step.ts';
import { freshNumbers, LANDING_MS, LIFETIME_MS, nextAction, type Situation } from './transitions.ts';

type Look = NonNullable<Situation['look']>;

/** How long after a request has surely landed it is looked for, in ms. */
const AFTER_LANDING_MS = 1_000;

/**
 * Goes on with a delivery until it is closed, has to wait, or the run is stopped. `transitions.ts` decides; here is the
 * I/O between its decisions. Raises `StorageError`, after which the same run can go on.
 */
export async function deliver(run: DeliveryRun, tools: DeliverTools): Promise<RunEnd> {
  let look: Look | undefined;
  for (;;) {
    const own = run.attempted;
    if (own !== undefined) {
      run.attempted = undefined;
      const ended = await track(run, sendAttempted(run, { ...own, unconfirmed: false }, tools));
      if (ended !== undefined) return cutAtExpiry(ended, own.view.delivery, tools);
      continue;
    }
    if (run.isClosed) return { kind: 'closed' };
    const view = await tools.ledger.get(run.deliveryId);
    if (view === undefined) return { kind: 'closed' };
    const situation = situationOf(view, look, tools);
    const action = nextAction(view.delivery, situation);
    if (action.kind === 'nothing') return { kind: 'closed' };
    if (run.isStopping) return { kind: 'stopped' };
    look = undefined;
    let end: RunEnd | undefined;
    switch (action.kind) {
      case 'wait':
        return waitAfter(run, { delivery: view.delivery, look: situation.look }, tools);
      case 'record':
        await record(run, action.event, tools);
        break;
      case 'split':
        await split(run, view, action.n, tools);
        break;
      case 'look':
        look = await lookUp(run, view.delivery, action.n, tools);
        break;
      case 'send':
        end = await track(run, sendStep(run, { action, situation }, tools));
    }
    if (end !== undefined) return cutAtExpiry(end, view.delivery, tools);
  }
}

/** Whoever gives the delivery up waits for what is under way. */
function track<T>(run: DeliveryRun, sending: Promise<T>): Promise<T> {
  run.request = sending.catch(() => undefined);
  return sending;
}

function situationOf(
  { delivery, destination }: DeliveryView,
  look: Look | undefined,
  { clock, transport }: DeliverTools,
): Situation {
  const first = delivery.steps.find(({ status }) => status === 'uncertain')?.firstAttemptAt;
  const latest = transport.timeNow()?.latest;
  return {
    now: clock.now(),
    isRemoved: destination === undefined,
    sinceFirstAttemptMs: first === undefined || latest === undefined ? Infinity : latest - first,
    look,
  };
}

/** What Discord says about an uncertain step; undefined when that ends the matter. */
async function lookUp(
  run: DeliveryRun,
  delivery: Delivery,
  n: number,
  tools: DeliverTools,
): Promise<Look | undefined> {
  const { clock, transport, log } = tools;
  const sinceLeftMs = clock.monotonic() - run.lastLeftAt;
  const answer = await transport.lookUp({ delivery, step: stepOf(delivery, n) });
  log.info({ delivery: delivery.id, step: n, answer: answer.kind }, 'looked for a step');
  switch (answer.kind) {
    case 'fatal':
      run.isStopping = true;
      tools.onFatal(answer.message);
      return undefined;
    case 'found':
      run.failures = 0;
      await record(run, { kind: 'sent', n, messageId: answer.messageId, at: answer.sentAt }, tools);
      return undefined;
    case 'blocked':
    case 'gone':
      await record(run, { kind: 'look-barred', n, barred: answer, at: clock.now() }, tools);
      return { answer: answer.kind, sinceLeftMs };
    case 'absent':
    case 'unanswered':
    case 'unreadable':
      return { answer: answer.kind, sinceLeftMs };
  }
}

async function split(run: DeliveryRun, view: DeliveryView, n: number, tools: DeliverTools): Promise<void> {
  const { delivery } = view;
  const step = stepOf(delivery, n);
  const numbers = freshNumbers(delivery, step.papers.length);
  const steps = tools.renderAlone(view, step, numbers);
  tools.log.warn({ delivery: delivery.id, step: n, papers: step.papers.length }, 'sending each paper alone');
  await record(run, { kind: 'split', n, steps }, tools);
}

/** Nothing can be done about an uncertain step before it is looked for once more. */
function waitAfter(
  run: DeliveryRun,
  { delivery, look }: { readonly delivery: Delivery; readonly look: Look | undefined },
  tools: DeliverTools,
): RunEnd {
  if (look?.answer === 'blocked' || look?.answer === 'gone') {
    return { kind: 'wait', ms: ASKED_EVERY_MS[look.answer] };
  }
  const mayLand = look !== undefined && look.answer !== 'unanswered' && look.sinceLeftMs <= LANDING_MS;
  if (mayLand) return { kind: 'wait', ms: LANDING_MS - look.sinceLeftMs + AFTER_LANDING_MS };
  return cutAtExpiry(retryLater(run, tools.random), delivery, tools);
}

/** What expires while it waits is closed then. */
function cutAtExpiry(end: RunEnd, { slot, kind }: Delivery, { clock }: DeliverTools): RunEnd {
  const left = slot + LIFETIME_MS[kind] - clock.now();
  return end.kind === 'wait' && left > 0 ? { kind: 'wait', ms: Math.min(end.ms, left) } : end;
}
