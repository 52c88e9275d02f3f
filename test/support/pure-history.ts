import { HOUR_MS, type Instant, localTimeAt } from '../../src/calendar/zoned-time.ts';
import {
  type Delivery,
  freshNumbers,
  type PaperRecord,
  planStep,
  type PlannedStep,
  stepOf,
} from '../../src/delivery/delivery.ts';
import type { Barred } from '../../src/delivery/delivery-transport.ts';
import { afterEmptySlot } from '../../src/delivery/destination-after.ts';
import {
  apply,
  type DeliveryEvent,
  leaveBy,
  nextAction,
  NONCE_MS,
  type Situation,
} from '../../src/delivery/transitions.ts';
import { findDueSlot } from '../../src/digest/due.ts';
import { pauseDestination, resumeDestination } from '../../src/subscriptions/change-schedule.ts';
import type { Destination } from '../../src/subscriptions/destination.ts';
import { firstSlot } from '../../src/subscriptions/schedule.ts';
import { buildDelivery, plannedMessage, SLOT } from './build-delivery.ts';
import { buildDestination } from './build-destination.ts';

/** What becomes of the next request. `late`: it has its effect after its process has given up. */
export type Sending =
  | 'answered'
  | 'answer lost'
  | 'never arrived'
  | 'late'
  | 'asked to wait'
  | 'nobody let in'
  | 'place gone'
  | 'killed before'
  | 'killed after';
export type Looking = 'honest' | 'unanswered' | 'unreadable' | 'blocked';

/** One thing that comes to pass. */
export type Move =
  | { readonly kind: 'go'; readonly sending: Sending; readonly looking: Looking }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'list' | 'pause' | 'resume' | 'remove' | 'follow' | 'unfollow' | 'restart' }
  /** Discord will not take the paper that was listed last. */
  | { readonly kind: 'forbid' };

/** A message or post in Discord. */
interface Posted {
  readonly nonce: string;
  readonly papers: readonly string[];
  readonly at: Instant;
  /** When its request left. */
  readonly leftAt: Instant;
  readonly mentions: boolean;
}

export interface PureHistory {
  readonly posted: readonly Posted[];
  readonly records: ReadonlyMap<string, PaperRecord>;
  readonly listed: readonly string[];
  readonly forbidden: ReadonlySet<string>;
  /** Papers of steps that were sent again, or given up, without anybody's knowing what became of them. */
  readonly unconfirmed: ReadonlySet<string>;
  /** What was posted by a request that left after a person had stopped its delivery. */
  readonly postedAfterStop: readonly string[];
  readonly delivery: Delivery | undefined;
}

const LATE_MS = 15_000;
const ZONE = 'Europe/Berlin';
const FORBIDDEN = 240_000;
const BLOCKED: Barred = { kind: 'blocked', code: 50_013, message: 'Missing Permissions' };
const GONE: Barred = { kind: 'gone', code: 10_003, message: 'Unknown Channel' };
const PER_STEP = 2;
const PAPERS_AT_FIRST = 3;
const TURNS = 12;
/** Long enough for what waits to be looked for, expires, and comes with the slots after it. */
const CALM_STEPS = 24;
const CALM_STEP_MS = 4 * HOUR_MS;

/**
 * A place, its people and Discord as plain values: the transitions decide, and nothing is awaited. After the moves comes
 * a calm time, in which everything that is due is sent.
 */
export function tellHistory(moves: readonly Move[], kind: 'message' | 'forum-post' = 'message'): PureHistory {
  let now = SLOT - 1;
  let destination: Destination | undefined = follow();
  let delivery: Delivery | undefined;
  let plans = 0;
  /** Of this process: when a request of the uncertain step left last. */
  let lastLeftAt = now;
  const posted: Posted[] = [];
  const underWay: { readonly post: Posted; readonly landsAt: Instant }[] = [];
  const records = new Map<string, PaperRecord>();
  const listed: string[] = [];
  const forbidden = new Set<string>();
  const unconfirmed = new Set<string>();
  const postedAfterStop: string[] = [];

  function follow(): Destination {
    const made = buildDestination({ mention: '7', createdAt: now });
    return { ...made, nextSlot: firstSlot(made.schedule, now) };
  }

  function pass(ms: number): void {
    now += ms;
    for (const one of underWay.splice(0)) {
      if (one.landsAt <= now) land({ ...one.post, at: one.landsAt });
      else underWay.push(one);
    }
  }

  /** Discord remembers the nonce of a message for two minutes at least; posts of a forum have none. */
  function land(post: Posted): void {
    const isKnown =
      kind === 'message' && posted.some(({ nonce, at }) => nonce === post.nonce && post.at - at <= NONCE_MS);
    if (isKnown) return;
    posted.push(post);
    const stoppedAt =
      delivery !== undefined && post.nonce.startsWith(delivery.id) ? delivery.givenUp?.at : undefined;
    if (stoppedAt !== undefined && post.leftAt > stoppedAt) postedAfterStop.push(post.nonce);
  }

  function write(event: DeliveryEvent): void {
    if (delivery === undefined) return;
    const done = apply({ delivery, destination }, event);
    delivery = done.delivery;
    if (done.destination !== undefined)
      destination = done.destination === 'removed' ? undefined : done.destination;
    for (const record of done.records) {
      if (records.get(record.paperId)?.kind !== 'sent' || record.kind === 'sent')
        records.set(record.paperId, record);
    }
    for (const step of delivery.steps)
      if (step.unconfirmed) for (const id of step.papers) unconfirmed.add(id);
  }

  /** What is due, and has no record here. */
  function plan(): void {
    if (delivery?.state === 'open' || destination === undefined || destination.nextSlot > now) return;
    const due = findDueSlot(destination, { now, lastCollection: now });
    if (due.kind === 'missed')
      destination = { ...destination, nextSlot: firstSlot(destination.schedule, now) };
    if (due.kind !== 'due') return;
    const papers = listed.filter((id) => !records.has(id));
    if (papers.length === 0) {
      destination = afterEmptySlot(destination, due.slot);
      return;
    }
    plans += 1;
    const steps: PlannedStep[] = [];
    for (let start = 0; start < papers.length; start += PER_STEP) {
      steps.push({ ...plannedMessage(steps.length, papers.slice(start, start + PER_STEP)), kind });
    }
    const isMentioned = destination.mentionedOn !== localTimeAt(now, ZONE).day;
    const announced =
      isMentioned && kind === 'message' ? [plannedMessage(steps.length, []), ...steps] : steps;
    delivery = buildDelivery(announced.map(planStep), {
      id: `delivery${String(plans).padStart(8, '0')}`,
      slot: due.slot,
      plannedAt: now,
      mention: isMentioned ? 'due' : 'none',
    });
  }

  /** As the loop does: until something was sent, or nothing can be done. */
  function go(sending: Sending, looking: Looking): void {
    plan();
    let look: Situation['look'];
    for (let turn = 0; turn < TURNS && delivery !== undefined; turn += 1) {
      const first = delivery.steps.find(({ status }) => status === 'uncertain')?.firstAttemptAt;
      const sinceFirstAttemptMs = first === undefined ? Infinity : now - first;
      const action = nextAction(delivery, {
        now,
        isRemoved: destination === undefined,
        sinceFirstAttemptMs,
        look,
      });
      if (action.kind === 'nothing' || action.kind === 'wait') return;
      if (action.kind === 'record') write(action.event);
      if (action.kind === 'split') write(splitOf(delivery, action.n));
      if (action.kind === 'look') look = lookFor(delivery, action.n, looking);
      if (action.kind === 'send') return send(action, sending);
    }
  }

  function splitOf(from: Delivery, n: number): DeliveryEvent {
    const { papers } = stepOf(from, n);
    const numbers = freshNumbers(from, papers.length);
    const steps = papers.map((paper, index) => ({ ...plannedMessage(numbers[index] ?? n, [paper]), kind }));
    return { kind: 'split', n, steps };
  }

  function lookFor(from: Delivery, n: number, looking: Looking): Situation['look'] {
    const sinceLeftMs = now - lastLeftAt;
    const found = posted.find(({ nonce }) => nonce === `${from.id}-${n}`);
    if (looking === 'blocked') write({ kind: 'look-barred', n, barred: BLOCKED, at: now });
    if (looking !== 'honest') return { answer: looking, sinceLeftMs };
    if (found === undefined) return { answer: 'absent', sinceLeftMs };
    write({ kind: 'sent', n, messageId: found.nonce, at: found.at });
    return undefined;
  }

  function send(
    { n, unconfirmed: isBlind }: { readonly n: number; readonly unconfirmed: boolean },
    sending: Sending,
  ): void {
    write({ kind: 'attempt', n, at: now, unconfirmed: isBlind });
    if (delivery === undefined) return;
    const step = stepOf(delivery, n);
    const post = {
      nonce: `${delivery.id}-${n}`,
      papers: step.papers,
      at: now,
      leftAt: now,
      mentions: step.mentions,
    };
    const deadline = isBlind ? undefined : leaveBy(step);
    if (sending === 'killed before') return restart();
    if (deadline !== undefined && now > deadline) return write({ kind: 'no-effect', n });
    lastLeftAt = now;
    if (sending === 'never arrived') return write({ kind: 'unclear', n });
    if (sending === 'asked to wait') return write({ kind: 'no-effect', n });
    if (sending === 'nobody let in') return write({ kind: 'barred', n, barred: BLOCKED, at: now });
    if (sending === 'place gone') return write({ kind: 'barred', n, barred: GONE, at: now });
    const isForbidden = step.papers.some((id) => forbidden.has(id));
    if (sending === 'late') {
      if (!isForbidden) underWay.push({ post, landsAt: now + LATE_MS });
      return write({ kind: 'unclear', n });
    }
    if (!isForbidden) land(post);
    if (sending === 'killed after') return restart();
    if (sending === 'answer lost') return write({ kind: 'unclear', n });
    write(
      isForbidden
        ? { kind: 'content', n, code: FORBIDDEN }
        : { kind: 'sent', n, messageId: post.nonce, at: now },
    );
  }

  /** What the process knew beside the ledger is gone. */
  function restart(): void {
    lastLeftAt = now;
  }

  function giveUp(reason: 'paused' | 'unfollowed' | 'removed'): void {
    if (delivery?.state === 'open') write({ kind: 'give-up', reason, at: now });
  }

  function move(one: Move): void {
    if (one.kind === 'go') return go(one.sending, one.looking);
    if (one.kind === 'pass') return pass(one.ms);
    if (one.kind === 'list') listed.push(`2606.${String(listed.length + 1).padStart(5, '0')}`);
    if (one.kind === 'restart') restart();
    if (one.kind === 'forbid') for (const id of listed.slice(-1)) if (!records.has(id)) forbidden.add(id);
    if (one.kind === 'follow') destination ??= follow();
    const present = destination;
    if (present === undefined) return;
    if (one.kind === 'pause') destination = pauseDestination(present, now).destination;
    if (one.kind === 'resume') destination = resumeDestination(present, now);
    if (one.kind === 'remove') destination = undefined;
    if (one.kind === 'pause') giveUp('paused');
    if (one.kind === 'unfollow') giveUp('unfollowed');
    if (one.kind === 'remove') giveUp('removed');
  }

  for (let count = 0; count < PAPERS_AT_FIRST; count += 1) move({ kind: 'list' });
  for (const one of moves) {
    move(one);
    // A request takes a moment, and so does whoever does something next.
    pass(1);
  }
  move({ kind: 'follow' });
  move({ kind: 'resume' });
  for (let count = 0; count < CALM_STEPS; count += 1) {
    for (let turn = 0; turn < TURNS; turn += 1) go('answered', 'honest');
    pass(CALM_STEP_MS);
  }
  return { posted, records, listed, forbidden, unconfirmed, postedAfterStop, delivery };
}
