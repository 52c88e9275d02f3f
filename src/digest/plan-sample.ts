import { listDayAt } from '../calendar/list-day.ts';
import { addDays, type Instant } from '../calendar/zoned-time.ts';
import type { ArchivedPaper } from '../papers/paper.ts';
import type { Destination } from '../subscriptions/destination.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { compareEntries, isListed, joinEntry } from './choose.ts';
import type { Delivery } from './delivery.ts';
import type { DigestEntry } from './digest.ts';
import type { FlowDependencies } from './flow-dependencies.ts';
import { matchSubscriptions } from './match-subscriptions.ts';
import { planDelivery } from './plan-delivery.ts';

const LOOK_BACK_DAYS = 30;
const ENOUGH_PAPERS = 5;
/** One letter counts the plans, as an id and a step's index must fit a nonce. */
const PLANS = 36;

/**
 * The samples of a subscription that were planned before, oldest first, and the id that is free. The first has the
 * subscription's own. A new plan must not share the nonces of one that ended unsent: Discord would answer with the
 * message of that one, if it came through after all, and other papers than it shows would count as sent.
 */
export async function findSamples(
  { deliveries }: Pick<FlowDependencies, 'deliveries'>,
  subscription: Subscription,
): Promise<{ readonly id: string; readonly earlier: readonly Delivery[] }> {
  const earlier: Delivery[] = [];
  for (;;) {
    const id = subscription.id + (earlier.length === 0 ? '' : earlier.length.toString(PLANS));
    const delivery = await deliveries.get(id);
    if (delivery === undefined || earlier.length === PLANS - 1) return { id, earlier };
    earlier.push(delivery);
  }
}

/** "Send one now", to be saved with its first attempt; undefined when no paper of the latest list days is left to show. */
export async function planSample(
  deps: FlowDependencies,
  destination: Destination,
  subscription: Subscription,
): Promise<Delivery | undefined> {
  const now = deps.clock.now();
  const after = addDays(listDayAt(now), -LOOK_BACK_DAYS);
  const [matches] = await matchSubscriptions(deps, [subscription], after);
  const sent = await deps.deliveries.sentPapers(destination.id);
  const entries = chooseSample(matches?.papers ?? [], subscription, sent);
  if (entries.length === 0) return undefined;

  const { id } = await findSamples(deps, subscription);
  const digest = { id, destination, entries, mention: false };
  const steps = deps.messenger.render(digest);
  return planDelivery({ kind: 'sample', digest, steps, slot: now, now });
}

/** The latest list day with papers of the topic, and the one before while that has fewer than five. */
export function chooseSample(
  papers: readonly ArchivedPaper[],
  subscription: Subscription,
  sent: ReadonlyMap<string, Instant>,
): readonly DigestEntry[] {
  const entries = papers
    .filter(isListed)
    .filter((paper) => paper.upvotes >= subscription.minUpvotes)
    .map((paper) => joinEntry(undefined, paper, subscription))
    .toSorted(compareEntries);
  const [latest, before] = [...new Set(entries.map(({ paper }) => paper.listDay))];
  const ofLatest = entries.filter(({ paper }) => paper.listDay === latest);
  const ofBefore = entries.filter(({ paper }) => paper.listDay === before);
  const sample = ofLatest.length < ENOUGH_PAPERS ? [...ofLatest, ...ofBefore] : ofLatest;
  return sample.filter(({ paper }) => !sent.has(paper.id));
}
