import type { Instant } from '../calendar/zoned-time.ts';
import type { ArchivedPaper } from '../papers/paper.ts';
import type { Destination } from '../subscriptions/destination.ts';
import { nextSlot } from '../subscriptions/schedule.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { judgePaper, type Verdict, windowStart } from './choose.ts';

/** How one subscription of a destination sees a paper. */
export interface SubscriptionVerdict {
  readonly subscription: Subscription;
  readonly verdict: Verdict | 'no-match';
}

/** Why a paper came to a destination, or did not. */
export type PaperFate =
  | { readonly kind: 'sent'; readonly at: Instant }
  /** Over `max` with `rest: hide`: it never comes. */
  | { readonly kind: 'passed-over'; readonly at: Instant }
  | { readonly kind: 'not-listed' }
  /** With the next slot; without one it comes with the next collection, or once the destination is resumed. */
  | { readonly kind: 'comes'; readonly slot?: Instant }
  /** It comes once it has so many upvotes, while it is still within the window. */
  | { readonly kind: 'too-few-upvotes'; readonly needs: number; readonly has: number }
  | { readonly kind: 'outside-window' | 'before-start' | 'no-match' };

export interface PaperExplanation {
  readonly fate: PaperFate;
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
  readonly matches: readonly { readonly subscription: Subscription; readonly matches: boolean }[];
  readonly sentAt?: Instant | undefined;
  readonly passedOver: boolean;
  readonly now: Instant;
}): PaperExplanation {
  const { destination, paper, matches, sentAt, now } = question;
  const slot = upcomingSlot(destination, now);
  const after = windowStart(destination, slot ?? now);
  const verdicts = matches.map(({ subscription, matches: isMatch }): SubscriptionVerdict => {
    if (paper === undefined || !isMatch) return { subscription, verdict: 'no-match' };
    return { subscription, verdict: judgePaper(paper, { destination, subscription, after }) };
  });
  if (sentAt !== undefined) {
    return { fate: { kind: question.passedOver ? 'passed-over' : 'sent', at: sentAt }, verdicts };
  }
  if (paper?.listDay === undefined) return { fate: { kind: 'not-listed' }, verdicts };
  if (verdicts.some(({ verdict }) => verdict === 'comes')) {
    return { fate: { kind: 'comes', ...(slot === undefined ? {} : { slot }) }, verdicts };
  }
  return { fate: nearestReason(verdicts, paper), verdicts };
}

/** The slot that the paper would come with; undefined for `instantly`, and while nothing is sent there. */
function upcomingSlot(
  { schedule, pausedAt, trouble, scheduledSince }: Destination,
  now: Instant,
): Instant | undefined {
  if (pausedAt !== undefined || trouble?.kind === 'refused' || trouble?.kind === 'gone') return undefined;
  return nextSlot(schedule, Math.max(now, scheduledSince));
}

function nearestReason(verdicts: readonly SubscriptionVerdict[], { upvotes }: ArchivedPaper): PaperFate {
  const kind = NEAREST.find((reason) => verdicts.some(({ verdict }) => verdict === reason));
  if (kind !== 'too-few-upvotes') return { kind: kind ?? 'no-match' };
  const held = verdicts.filter(({ verdict }) => verdict === kind);
  return { kind, needs: Math.min(...held.map(({ subscription }) => subscription.minUpvotes)), has: upvotes };
}
