import type { Instant } from '../calendar/zoned-time.ts';
import type { ArchivedPaper } from '../papers/paper.ts';
import type { Destination } from '../subscriptions/destination.ts';
import { nextSlot } from '../subscriptions/schedule.ts';
import type { PaperRecord } from '../delivery/delivery.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { judgePaper, type Verdict, windowStart } from './choose.ts';
import { isGivenUpOn } from './due.ts';

/** How one subscription of a destination sees a paper. */
export interface SubscriptionVerdict {
  readonly subscription: Subscription;
  readonly verdict: Verdict | 'no-match';
}

/** Why a paper came to a destination, or did not. */
export type PaperStatus =
  | { readonly kind: 'sent'; readonly at: Instant }
  /** Discord does not take it, with its code. */
  | { readonly kind: 'refused'; readonly at: Instant; readonly code?: number }
  /** Over `max` with `overflow: hide`: it never comes. */
  | { readonly kind: 'hidden'; readonly at: Instant }
  | { readonly kind: 'not-listed' }
  /** With the next slot; without one it comes with the next collection, or once the destination is resumed. */
  | { readonly kind: 'comes'; readonly slot?: Instant }
  /** It comes once it has so many upvotes, while it is still within the window. */
  | { readonly kind: 'too-few-upvotes'; readonly needs: number; readonly has: number }
  | { readonly kind: 'outside-window' | 'before-start' | 'no-match' };

export interface SubscriptionMatch {
  readonly subscription: Subscription;
  readonly matches: boolean;
  /** The slot that brings what it matches, where it is not simply the next one. */
  readonly slot?: Instant | undefined;
}

export interface PaperExplanation {
  readonly status: PaperStatus;
  /** Of every subscription, in the order they were made. */
  readonly verdicts: readonly SubscriptionVerdict[];
}

/** The reasons of subscriptions, by how near each came to sending the paper. */
const NEAREST = ['too-few-upvotes', 'outside-window', 'before-start'] as const;

/** Explains one paper to one destination, by the rules that choose its digests. */
export function whyPaper(question: {
  readonly destination: Destination;
  /** Undefined for one that the archive has not. */
  readonly paper: ArchivedPaper | undefined;
  /** The subscriptions of the destination, and whether the paper strictly matches each. */
  readonly matches: readonly SubscriptionMatch[];
  /** What became of it there before. */
  readonly record: PaperRecord | undefined;
  readonly now: Instant;
}): PaperExplanation {
  const { destination, paper, matches, record, now } = question;
  const slot = upcomingSlot(destination, now);
  const after = windowStart(destination, slot ?? now);
  const verdicts = matches.map(({ subscription, matches: isMatch }): SubscriptionVerdict => {
    if (paper === undefined || !isMatch) return { subscription, verdict: 'no-match' };
    return { subscription, verdict: judgePaper(paper, { subscription, after }) };
  });
  if (record !== undefined) {
    const { kind, at, code } = record;
    return { status: { kind, at, ...(code === undefined ? {} : { code }) }, verdicts };
  }
  if (paper?.listDay === undefined) return { status: { kind: 'not-listed' }, verdicts };
  const coming = matches.filter((_, index) => verdicts[index]?.verdict === 'comes');
  if (coming.length > 0) {
    if (slot === undefined) return { status: { kind: 'comes' }, verdicts };
    const slots = coming.map((one) => one.slot ?? slot);
    return { status: { kind: 'comes', slot: Math.min(...slots) }, verdicts };
  }
  return { status: nearestReason(verdicts, paper), verdicts };
}

/** The slot that the paper would come with; undefined for `instantly`, and while nothing is sent there. */
function upcomingSlot(destination: Destination, now: Instant): Instant | undefined {
  const { schedule, pausedAt } = destination;
  if (schedule.at === 'instantly' || pausedAt !== undefined || isGivenUpOn(destination, now))
    return undefined;
  return nextSlot(schedule, slotsAfter(destination, now));
}

/** The slots that are still to come are later than this. */
export function slotsAfter({ nextSlot: next }: Pick<Destination, 'nextSlot'>, now: Instant): Instant {
  return Math.max(now, next - 1);
}

function nearestReason(verdicts: readonly SubscriptionVerdict[], { upvotes }: ArchivedPaper): PaperStatus {
  const kind = NEAREST.find((reason) => verdicts.some(({ verdict }) => verdict === reason));
  if (kind !== 'too-few-upvotes') return { kind: kind ?? 'no-match' };
  const held = verdicts.filter(({ verdict }) => verdict === kind);
  return { kind, needs: Math.min(...held.map(({ subscription }) => subscription.minUpvotes)), has: upvotes };
}
