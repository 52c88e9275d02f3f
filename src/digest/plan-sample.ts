import { listDayAt } from '../calendar/list-day.ts';
import { addDays, type Instant } from '../calendar/zoned-time.ts';
import type { ArchivedPaper } from '../papers/paper.ts';
import type { Destination } from '../subscriptions/destination.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { compareEntries, joinEntry } from './choose.ts';
import type { Delivery } from './delivery.ts';
import type { DigestEntry } from './digest.ts';
import type { FlowDependencies } from './flow-dependencies.ts';
import { matchSubscriptions } from './match-subscriptions.ts';
import { planDelivery } from './plan-delivery.ts';

const LOOK_BACK_DAYS = 30;
const ENOUGH_PAPERS = 5;

/** Plans and saves "Send one now"; undefined when no paper of the latest list days is left to show. */
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

  const digest = { id: subscription.id, destination, entries, mention: false };
  const steps = deps.messenger.render(digest);
  const delivery = planDelivery({ kind: 'sample', digest, steps, slot: now, now });
  await deps.deliveries.save(delivery);
  return delivery;
}

/** The latest list day with papers of the topic, and the one before while that has fewer than five. */
export function chooseSample(
  papers: readonly ArchivedPaper[],
  subscription: Subscription,
  sent: ReadonlyMap<string, Instant>,
): readonly DigestEntry[] {
  const entries = papers
    .flatMap(({ listDay, ...paper }) => (listDay === undefined ? [] : [{ ...paper, listDay }]))
    .filter((paper) => paper.upvotes >= subscription.minUpvotes)
    .map((paper) => joinEntry(undefined, paper, subscription))
    .toSorted(compareEntries);
  const [latest, before] = [...new Set(entries.map(({ paper }) => paper.listDay))];
  const ofLatest = entries.filter(({ paper }) => paper.listDay === latest);
  const ofBefore = entries.filter(({ paper }) => paper.listDay === before);
  const sample = ofLatest.length < ENOUGH_PAPERS ? [...ofLatest, ...ofBefore] : ofLatest;
  return sample.filter(({ paper }) => !sent.has(paper.id));
}
