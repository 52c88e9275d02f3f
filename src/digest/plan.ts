import { listDayAt } from '../calendar/list-day.ts';
import { addDays, type Instant, localTimeAt } from '../calendar/zoned-time.ts';
import type { DeliveryLedger } from '../delivery/delivery-ledger.ts';
import { type Delivery, type PlannedStep, planStep, suspectsOf } from '../delivery/delivery.ts';
import { StorageError } from '../errors.ts';
import type { ForYouQuestion, MatchForYou } from '../for-you/match-for-you.ts';
import type { Log } from '../log.ts';
import type { Destination, OpenPlace } from '../subscriptions/destination.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { MatchTopics } from '../topics/paper-search.ts';
import { isForYou } from '../topics/topic.ts';
import {
  chooseEntries,
  compareEntries,
  type Digest,
  type DigestEntry,
  isListed,
  joinEntry,
  nameTopic,
  type SubscriptionMatches,
  windowStart,
} from './choose.ts';

export interface MatchTools {
  readonly matchTopics: MatchTopics;
  readonly matchForYou: MatchForYou;
  readonly log: Log;
}

export interface PlanTools extends MatchTools {
  readonly ledger: Pick<DeliveryLedger, 'recordsOf' | 'latestOf'>;
  /** Every chosen paper is in exactly one step, except those over `max` with `overflow: hide`. */
  readonly layOut: (digest: Digest) => readonly PlannedStep[];
  /** The message that mentions the role before them, as step `n`. */
  readonly layOutAnnouncement: (digest: Digest, n: number) => PlannedStep;
}

interface PlanOrder {
  /** For the delivery: 16 random characters of `[a-z0-9]`. */
  readonly id: string;
  readonly destination: Destination & { readonly place: OpenPlace };
  readonly now: Instant;
}

const SAMPLE_LOOK_BACK_DAYS = 30;
const ENOUGH_PAPERS = 5;

/** The delivery of a slot; undefined when no paper is to come with it. Raises `StorageError`. */
export async function planDigest(
  order: PlanOrder,
  slot: Instant,
  tools: PlanTools,
): Promise<Delivery | undefined> {
  const { destination, now } = order;
  const after = windowStart(destination, slot);
  const matches = await matchSubscriptions(destination.subscriptions, { destination, after, slot }, tools);
  const entries = await withoutKnown(chooseEntries(matches, after), destination, tools);
  const mention = mayMention(destination, now) ? 'due' : 'none';
  const delivery = buildDelivery(order, { kind: 'digest', slot, entries, mention }, tools);
  const suspects = delivery === undefined ? [] : await findSuspects(destination, tools);
  return delivery && (suspects.length === 0 ? delivery : { ...delivery, suspects });
}

/** Where the place seems to be at fault, the papers that were refused there last. */
async function findSuspects(
  { id, trouble }: Destination,
  { ledger }: Pick<PlanTools, 'ledger'>,
): Promise<readonly string[]> {
  if (trouble?.kind !== 'blocked') return [];
  const [last] = await ledger.latestOf(id, 1);
  return last === undefined ? [] : suspectsOf(last);
}

/** "Send one now": a few papers of one subscription; undefined when none is left that did not come. Raises `StorageError`. */
export async function planSample(
  order: PlanOrder,
  subscription: Subscription,
  tools: PlanTools,
): Promise<Delivery | undefined> {
  const { destination, now } = order;
  const after = addDays(listDayAt(now), -SAMPLE_LOOK_BACK_DAYS);
  const [matches] = await matchSubscriptions([subscription], { destination, after }, tools);
  const entries = await withoutKnown(chooseSample(matches, subscription), destination, tools);
  const delivery = buildDelivery(order, { kind: 'sample', slot: now, entries, mention: 'none' }, tools);
  return delivery && { ...delivery, hidden: [], subscriptionId: subscription.id };
}

/** Whatever became of a paper there before, it does not come again. */
async function withoutKnown(
  entries: readonly DigestEntry[],
  { id }: Destination,
  { ledger }: Pick<PlanTools, 'ledger'>,
): Promise<readonly DigestEntry[]> {
  const records = await ledger.recordsOf(
    id,
    entries.map(({ paper }) => paper.id),
  );
  return entries.filter(({ paper }) => !records.has(paper.id));
}

function buildDelivery(
  { id, destination, now }: PlanOrder,
  plan: Pick<Delivery, 'kind' | 'slot' | 'mention'> & { readonly entries: readonly DigestEntry[] },
  { layOut, layOutAnnouncement }: PlanTools,
): Delivery | undefined {
  const { entries, ...rest } = plan;
  if (entries.length === 0) return undefined;
  const digest = { id, destination, entries };
  const papers = layOut(digest);
  // A forum has no messages but posts, of which the first one mentions the role.
  const isAnnounced = plan.mention === 'due' && papers.every(({ kind }) => kind !== 'forum-post');
  const steps = isAnnounced ? [layOutAnnouncement(digest, papers.length), ...papers] : papers;
  const shown = new Set(steps.flatMap((step) => step.papers));
  const hidden = entries.map(({ paper }) => paper.id).filter((paperId) => !shown.has(paperId));
  return {
    ...rest,
    id,
    destinationId: destination.id,
    place: destination.place,
    state: 'open',
    hidden,
    plannedAt: now,
    steps: steps.map(planStep),
  };
}

/** The role is mentioned once per local day at most. */
function mayMention({ mention, place, schedule, mentionedOn }: Destination, now: Instant): boolean {
  if (mention === undefined || place.kind === 'dm') return false;
  return mentionedOn !== localTimeAt(now, schedule.zone).day;
}

/** The latest list day with papers of the topic, and the one before while that has fewer than five. */
function chooseSample(
  { papers, labels }: Pick<SubscriptionMatches, 'papers' | 'labels'> = { papers: [] },
  subscription: Subscription,
): readonly DigestEntry[] {
  const entries = papers
    .filter(isListed)
    .filter((paper) => paper.upvotes >= subscription.minUpvotes)
    .map((paper) => joinEntry(undefined, paper, nameTopic(subscription, paper, labels)))
    .toSorted(compareEntries);
  const [latest, before] = [...new Set(entries.map(({ paper }) => paper.listDay))];
  const ofLatest = entries.filter(({ paper }) => paper.listDay === latest);
  const ofBefore = entries.filter(({ paper }) => paper.listDay === before);
  return ofLatest.length < ENOUGH_PAPERS ? [...ofLatest, ...ofBefore] : ofLatest;
}

/**
 * What each subscription matches among papers listed later than `after`; one that cannot be read, nothing. Raises
 * `StorageError` where matching one of them failed: the slot stays due, since its papers are not known.
 */
export async function matchSubscriptions(
  subscriptions: readonly Subscription[],
  about: Omit<ForYouQuestion, 'subscription'>,
  tools: MatchTools,
): Promise<readonly SubscriptionMatches[]> {
  const { matchTopics, matchForYou, log } = tools;
  const worded = subscriptions.filter(({ topic }) => !isForYou(topic));
  const queries = [...new Set(worded.map(({ topic }) => topic.query))];
  const none: Awaited<ReturnType<MatchTopics>> = new Map();
  const papers = queries.length === 0 ? none : await matchTopics(queries, { after: about.after });
  const found: SubscriptionMatches[] = [];
  for (const subscription of subscriptions) {
    if (isForYou(subscription.topic)) {
      found.push({ subscription, ...(await matchForYou({ ...about, subscription })) });
      continue;
    }
    const matches = papers.get(subscription.topic.query);
    if (matches === undefined) log.error({ subscription: subscription.id }, 'a topic cannot be read');
    if (matches === 'failed') {
      log.error({ subscription: subscription.id }, 'matching a topic took too long');
      throw new StorageError('A topic could not be matched in time.');
    }
    found.push({ subscription, papers: matches ?? [] });
  }
  return found;
}

/** What came of "Send one now". */
export type SampleResult =
  | { readonly kind: 'sent'; readonly papers: number }
  | { readonly kind: 'already'; readonly at: Instant }
  /** No paper is left to show. */
  | { readonly kind: 'nothing' }
  /** Discord does not tell yet whether the last message got through, and is asked again at `nextLook`. */
  | { readonly kind: 'held'; readonly nextLook: Instant }
  /** Another delivery is under way there. */
  | { readonly kind: 'busy' }
  /** With Discord's code, where it refused. */
  | { readonly kind: 'failed'; readonly code?: number };

export function describeSample(delivery: Delivery | undefined, code: number | undefined): SampleResult {
  const sent = delivery?.steps.filter(({ status }) => status === 'sent') ?? [];
  if (sent.length > 0) return { kind: 'sent', papers: sent.flatMap(({ papers }) => papers).length };
  return { kind: 'failed', ...(code === undefined ? {} : { code }) };
}
