import type { Instant } from '../calendar/zoned-time.ts';
import type { GiveUpReason } from '../subscriptions/destination.ts';
import { type Delivery, isAnnouncement, type PlannedStep, planStep, type Step } from './delivery.ts';

/** The mention goes with the first step that can carry it and is attempted while it is due, and not blindly. */
export function attempt(
  delivery: Delivery,
  step: Step,
  { at, unconfirmed }: { readonly at: Instant; readonly unconfirmed: boolean },
): Delivery {
  const takesMention = step.attempts === 0 && delivery.mention === 'due' && canMention(step);
  const attempted: Step = {
    ...step,
    status: 'attempted',
    attempts: step.attempts + 1,
    firstAttemptAt: step.firstAttemptAt ?? at,
    mentions: unconfirmed ? false : step.mentions || takesMention,
    unconfirmed: step.unconfirmed || unconfirmed,
  };
  const after = replaceStep(delivery, attempted);
  return takesMention ? { ...after, mention: 'out' } : after;
}

/** A forum has no messages but posts, of which the first one mentions. */
function canMention(step: Step): boolean {
  return step.kind === 'forum-post' || isAnnouncement(step);
}

/** An earlier attempt is uncertain: what Discord says to this one says nothing about that one. */
export function isRepeated({ attempts }: Step): boolean {
  return attempts > 1;
}

/** After a later attempt without effect: the earlier ones are uncertain as before. */
export function keepUncertain(step: Step): Step {
  return { ...step, status: 'uncertain', attempts: step.attempts - 1 };
}

/** The step without what was known of its attempts. */
export function end(step: Step, status: Step['status']): Step {
  const { firstAttemptAt: _first, refusal: _refusal, ...rest } = step;
  return { ...rest, status, attempts: 0 };
}

/** Nothing came of its attempts: it may be sent as if for the first time, and mention again. */
export function free(delivery: Delivery, step: Step, status: Step['status'] = 'planned'): Delivery {
  const after = replaceStep(delivery, { ...end(step, status), mentions: false });
  return step.mentions ? { ...after, mention: 'due' } : after;
}

export function bar(delivery: Delivery, step: Step, code: number): Delivery {
  return free(delivery, { ...step, code }, 'barred');
}

/** Refused for its content, and surely not there: once as plain text, then each paper alone. */
export function refuse(delivery: Delivery, step: Step, code: number): Delivery {
  if (step.form === 'rich') return free(delivery, { ...step, form: 'plain' });
  return free(delivery, { ...step, code }, 'refused');
}

/** Each of its papers is sent by a step of its own, in its place in the order. */
export function split(delivery: Delivery, parent: Step, steps: readonly PlannedStep[]): Delivery {
  const alone = steps.map((step) => ({
    ...planStep(step, parent.position),
    unconfirmed: parent.unconfirmed,
  }));
  const all = [...replaceStep(delivery, { ...parent, status: 'split' }).steps, ...alone];
  return { ...delivery, steps: all.toSorted((a, b) => a.position - b.position || a.n - b.n) };
}

export function giveUp(delivery: Delivery, reason: GiveUpReason, at: Instant): Delivery {
  return delivery.givenUp === undefined ? { ...delivery, givenUp: { reason, at } } : delivery;
}

export function replaceStep(delivery: Delivery, step: Step): Delivery {
  return { ...delivery, steps: delivery.steps.map((one) => (one.n === step.n ? step : one)) };
}
