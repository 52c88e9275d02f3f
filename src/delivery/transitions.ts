import { DAY_MS, type Instant, MINUTE_MS } from '../calendar/zoned-time.ts';
import type { Destination, GiveUpReason } from '../subscriptions/destination.ts';
import {
  closingRecords,
  type Delivery,
  type DeliveryState,
  isAnnouncement,
  type PaperRecord,
  type PlannedStep,
  recordsOf,
  refusalByPlace,
  type SentMessage,
  type Step,
  stepOf,
} from './delivery.ts';
import type { Barred } from './delivery-transport.ts';
import {
  attempt,
  bar,
  end,
  free,
  giveUp,
  isRepeated,
  keepUncertain,
  refuse,
  replaceStep,
  split,
} from './step-changes.ts';
import { afterClosing, afterMention, afterSuccess, afterTrouble } from './destination-after.ts';

/** A request can have its effect for so long after it left: 15 s until it is given up, and 2 s on Discord's side. */
export const LANDING_MS = 17_000;
/**
 * Discord remembers nonces for "a few minutes"; within this time a repeated one surely makes no second message.
 * https://docs.discord.com/developers/resources/message#create-message
 */
export const NONCE_MS = 2 * MINUTE_MS;
/** How long after its slot a delivery may still send. */
export const LIFETIME_MS = {
  digest: DAY_MS,
  sample: 10 * MINUTE_MS,
  notice: DAY_MS,
  meeting: DAY_MS,
  roundup: DAY_MS,
} as const;

export interface Situation {
  readonly now: Instant;
  readonly isRemoved: boolean;
  /** How long ago, at most, the first attempt of the uncertain step was made: ms by Discord's clock. */
  readonly sinceFirstAttemptMs: number;
  /** What the look-up for it said, and how long before it began a request of the step may have left last, in ms. */
  readonly look?:
    | {
        readonly answer: 'absent' | 'unanswered' | 'unrecognised' | 'unreadable' | 'blocked' | 'gone';
        readonly sinceLeftMs: number;
      }
    | undefined;
}

export type Action =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'wait' }
  | { readonly kind: 'send'; readonly n: number; readonly unconfirmed: boolean }
  | { readonly kind: 'look'; readonly n: number }
  /** Render each paper of the step alone. */
  | { readonly kind: 'split'; readonly n: number }
  /** What follows without asking anybody. */
  | { readonly kind: 'record'; readonly event: DeliveryEvent };

export type DeliveryEvent =
  /** `at`: by Discord's clock, and not later than that. */
  | { readonly kind: 'attempt'; readonly n: number; readonly at: Instant; readonly unconfirmed: boolean }
  | ({ readonly kind: 'sent'; readonly n: number; readonly at: Instant } & SentMessage)
  /** No answer is known, or nobody waits for it any more. */
  | { readonly kind: 'unclear'; readonly n: number }
  /** The attempt surely had no effect: Discord said so, or it never left. */
  | { readonly kind: 'no-effect'; readonly n: number }
  | { readonly kind: 'barred'; readonly n: number; readonly barred: Barred; readonly at: Instant }
  | { readonly kind: 'content'; readonly n: number; readonly code: number }
  | { readonly kind: 'skipped'; readonly n: number; readonly code?: number }
  /** The look-up of an uncertain step met a place that lets nobody in. */
  | { readonly kind: 'look-barred'; readonly n: number; readonly barred: Barred; readonly at: Instant }
  /** `unconfirmed`: nobody can tell, and it is taken for absent. */
  | { readonly kind: 'absent'; readonly n: number; readonly unconfirmed: boolean }
  | { readonly kind: 'unknown'; readonly n: number }
  | { readonly kind: 'split'; readonly n: number; readonly steps: readonly PlannedStep[] }
  | { readonly kind: 'give-up'; readonly reason: GiveUpReason; readonly at: Instant }
  | { readonly kind: 'close'; readonly state: Exclude<DeliveryState, 'open'>; readonly at: Instant };

/** What one event changes, to be written in one transaction. */
export interface Transition {
  readonly delivery: Delivery;
  readonly records: readonly PaperRecord[];
  /** The destination after it, `removed` when it goes with its subscriptions; absent when it stays as it is. */
  readonly destination?: Destination | 'removed';
}

/** What is to be done about an open delivery that nothing is sending: the table in `src/README.md`. */
export function nextAction(delivery: Delivery, situation: Situation): Action {
  const { now } = situation;
  const close = (state: Exclude<DeliveryState, 'open'>): Action => ({
    kind: 'record',
    event: { kind: 'close', state, at: now },
  });
  if (delivery.state !== 'open') return { kind: 'nothing' };
  if (delivery.steps.some(({ status }) => status === 'barred')) return close('rejected');

  const over = overOf(delivery, now);
  const step = delivery.steps.find(isOpen);
  if (step === undefined) return close(finalState(delivery, over));
  const { n } = step;
  if (step.status === 'attempted') return { kind: 'record', event: { kind: 'unclear', n } };
  if (step.status === 'uncertain' && step.kind !== 'thread') return actOnUncertain(delivery, step, situation);
  if (over !== undefined) return close(over);
  if (step.kind === 'thread') return actOnThread(delivery, step);
  if (step.status === 'refused') return { kind: 'split', n };
  return { kind: 'send', n, unconfirmed: false };
}

/** The delivery after an event, with what belongs in the same transaction. */
export function apply(
  view: { readonly delivery: Delivery; readonly destination: Destination | undefined },
  event: DeliveryEvent,
): Transition {
  const { delivery, destination } = view;
  const follow = (
    after: Delivery,
    records: readonly PaperRecord[] = [],
    change?: (present: Destination) => Destination | 'removed',
  ): Transition => {
    const changed = destination && change?.(destination);
    const isGone = changed === 'removed' && event.kind !== 'close';
    const kept = isGone && 'at' in event ? giveUp(after, 'gone', event.at) : after;
    return { delivery: kept, records, ...(changed === undefined ? {} : { destination: changed }) };
  };
  if (event.kind === 'give-up') return follow(giveUp(delivery, event.reason, event.at));
  if (event.kind === 'close') {
    const closed: Delivery = { ...delivery, state: event.state, closedAt: event.at };
    return follow(closed, closingRecords(closed, event.at), (one) => afterClosing(one, closed));
  }

  const step = stepOf(delivery, event.n);
  const put = (changed: Step): Delivery => replaceStep(delivery, changed);
  switch (event.kind) {
    case 'attempt':
      return follow(attempt(delivery, step, event));
    case 'sent': {
      const { kind: _kind, n: _n, at, ...made } = event;
      const sent: Step = { ...end(step, 'sent'), ...made };
      return follow(put(sent), recordsOf(sent, 'sent', at), (one) =>
        step.mentions ? afterMention(afterSuccess(one, at), at) : afterSuccess(one, at),
      );
    }
    case 'unclear':
      return follow(put({ ...step, status: 'uncertain' }));
    case 'no-effect':
      return follow(isRepeated(step) ? put(keepUncertain(step)) : free(delivery, step));
    case 'barred': {
      const after = isRepeated(step) ? put(keepUncertain(step)) : bar(delivery, step, event.barred.code);
      return follow(after, [], (one) => afterTrouble(one, event.barred, event.at));
    }
    case 'content':
      return follow(
        isRepeated(step)
          ? put({ ...keepUncertain(step), refusal: event.code })
          : refuse(delivery, step, event.code),
      );
    case 'skipped': {
      const skipped = end(step, 'skipped');
      return follow(put(event.code === undefined ? skipped : { ...skipped, code: event.code }));
    }
    case 'look-barred':
      return follow(delivery, [], (one) => afterTrouble(one, event.barred, event.at));
    case 'absent': {
      const told: Step = { ...step, unconfirmed: step.unconfirmed || event.unconfirmed };
      return follow(step.refusal === undefined ? free(delivery, told) : refuse(delivery, told, step.refusal));
    }
    case 'unknown':
      return follow(put({ ...end(step, 'unknown'), unconfirmed: true }));
    case 'split':
      break;
  }
  return follow(split(delivery, step, event.steps));
}

/** Until when a message that may be there already can be sent again under its nonce, by Discord's clock. */
export function leaveBy(step: Step): Instant | undefined {
  const { attempts, firstAttemptAt } = step;
  const isRepeat = hasNonce(step) && attempts > 1;
  return isRepeat && firstAttemptAt !== undefined ? firstAttemptAt + NONCE_MS : undefined;
}

function hasNonce({ kind }: Step): boolean {
  return kind === 'message' || kind === 'poll';
}

/** Whether something is to be done about a step before the delivery can close. */
function isOpen({ status, papers }: Step): boolean {
  if (status === 'refused') return papers.length > 1;
  return status === 'planned' || status === 'attempted' || status === 'uncertain';
}

function overOf(delivery: Delivery, now: Instant): 'cancelled' | 'expired' | undefined {
  if (delivery.givenUp !== undefined) return 'cancelled';
  return isExpired(delivery, now) ? 'expired' : undefined;
}

function isExpired({ slot, kind }: Delivery, now: Instant): boolean {
  return now - slot >= LIFETIME_MS[kind];
}

function actOnUncertain(delivery: Delivery, step: Step, situation: Situation): Action {
  const { n } = step;
  const { look, now } = situation;
  const over = overOf(delivery, now);
  if (look === undefined) return { kind: 'look', n };
  const { answer } = look;
  const hasLanded = look.sinceLeftMs > LANDING_MS;
  const nonceHolds = hasNonce(step) && situation.sinceFirstAttemptMs <= NONCE_MS;
  const absent = (unconfirmed: boolean): Action => ({
    kind: 'record',
    event: { kind: 'absent', n, unconfirmed },
  });
  if (answer === 'absent' && hasLanded) return absent(false);
  // The place is gone and the destination removed: nobody is left to whom the answer would matter.
  if (answer === 'gone' && hasLanded && situation.isRemoved)
    return { kind: 'record', event: { kind: 'unknown', n } };
  // Such answers may pass: they count as a history that nobody can read only once the delivery has expired.
  const isUnreadable = answer === 'unreadable' || (answer === 'unrecognised' && isExpired(delivery, now));
  if (isUnreadable && hasLanded) {
    // Without the mention it is of no use, and a second mention is worse than none.
    if (isAnnouncement(step)) return { kind: 'record', event: { kind: 'skipped', n } };
    if (over !== undefined || step.unconfirmed) return { kind: 'record', event: { kind: 'unknown', n } };
    if (step.refusal !== undefined) return absent(true);
    if (!nonceHolds) return { kind: 'send', n, unconfirmed: true };
  }
  const mayRepeat = step.refusal === undefined && answer !== 'blocked' && answer !== 'gone';
  if (over === undefined && mayRepeat && nonceHolds) return { kind: 'send', n, unconfirmed: false };
  return { kind: 'wait' };
}

/** An extra: sending it again is harmless, and once one is refused the others of the digest are not asked for. */
function actOnThread({ steps }: Delivery, { n, threadOf }: Step): Action {
  const parent = steps.find((one) => one.n === threadOf);
  const refused = steps.find(({ status, code }) => status === 'skipped' && code !== undefined);
  if (parent?.status === 'sent' && parent.messageId !== undefined && refused === undefined) {
    return { kind: 'send', n, unconfirmed: false };
  }
  return { kind: 'record', event: { kind: 'skipped', n } };
}

function finalState(
  delivery: Delivery,
  over: 'cancelled' | 'expired' | undefined,
): Exclude<DeliveryState, 'open'> {
  if (delivery.steps.some(({ status }) => status === 'unknown')) return over ?? 'rejected';
  return refusalByPlace(delivery) === undefined ? 'done' : 'rejected';
}
