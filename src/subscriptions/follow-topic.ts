import type { Random } from '../calendar/clock.ts';
import { listDayAt } from '../calendar/list-day.ts';
import type { Instant } from '../calendar/zoned-time.ts';
import { UserError } from '../errors.ts';
import type { Topic } from '../topics/topic.ts';
import { type Destination, destinationId, type Place, type Schedule } from './destination.ts';
import type { DestinationStore, SubscriptionStore } from './stores.ts';
import { type Subscription, TOPIC_LIMIT } from './subscription.ts';

export interface FollowRequest {
  readonly place: Place;
  readonly topic: Topic;
  readonly minUpvotes: number;
  /** User id. */
  readonly by: string;
  /** For a place that gets its first topic. */
  readonly schedule: Schedule;
}

export interface FollowStores {
  readonly destinations: DestinationStore;
  readonly subscriptions: SubscriptionStore;
}

export interface FollowResult {
  /** `already`: the same topic with the same threshold was followed before. */
  readonly kind: 'followed' | 'changed' | 'already';
  readonly destination: Destination;
  readonly subscription: Subscription;
  /** Whether it is the only topic of the destination. */
  readonly first: boolean;
}

const ID_LENGTH = 20;
const ID_LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';

/**
 * Follows a topic at a place; a topic that is followed there already gets the new threshold. The destination is made
 * before its topics, and looked after again once they are there: its last topic may have been ended in between.
 */
export async function followTopic(
  request: FollowRequest,
  stores: FollowStores,
  now: Instant,
  random: Random,
): Promise<FollowResult> {
  const id = destinationId(request.place);
  await stores.destinations.update(id, (present) => prepareDestination(present, request, stores, now));
  const subscription = buildSubscription(request, id, now, random);
  let before: readonly Subscription[] = [];
  const after = await stores.subscriptions.update(id, (present) => {
    before = present;
    return addTopic(present, subscription, request);
  });
  const fresh = buildDestination(request, now);
  const destination = await stores.destinations.update(id, (present) => present ?? fresh);
  const held = after.find((one) => isSameTopic(one.topic, request.topic)) ?? subscription;
  return {
    kind: kindOfChange(before, held),
    destination: destination ?? fresh,
    subscription: held,
    first: after.length === 1,
  };
}

/** Topics with equal queries are the same topic. */
export function isSameTopic(one: Topic, other: Topic): boolean {
  return one.query === other.query;
}

/**
 * Makes the destination, also where one stands that nothing is followed at: a process that ended in the middle of
 * unfollowing leaves it, with settings that are nobody's any more. Whoever follows there has found it.
 */
function prepareDestination(
  present: Destination | undefined,
  request: FollowRequest,
  { subscriptions }: FollowStores,
  now: Instant,
): Destination {
  if (present === undefined || subscriptions.list(present.id).length === 0) {
    return buildDestination(request, now);
  }
  if (present.trouble?.kind !== 'gone') return present;
  const { trouble: _found, ...found } = present;
  return found;
}

function buildDestination({ place, schedule }: FollowRequest, now: Instant): Destination {
  return {
    id: destinationId(place),
    place,
    schedule,
    style: 'cards',
    max: 8,
    rest: 'list',
    scheduledSince: now,
    ...(schedule.at === 'instantly' ? { instantlySince: now } : {}),
    createdAt: now,
  };
}

function addTopic(
  present: readonly Subscription[],
  subscription: Subscription,
  { place, topic, minUpvotes }: FollowRequest,
): readonly Subscription[] {
  const held = present.find((one) => isSameTopic(one.topic, topic));
  if (held?.minUpvotes === minUpvotes) return present;
  if (held !== undefined) return present.map((one) => (one === held ? { ...one, minUpvotes } : one));
  const limit = TOPIC_LIMIT[place.kind];
  if (present.length >= limit) throw new UserError('topic-limit', { limit });
  return [...present, subscription];
}

function buildSubscription(
  { topic, minUpvotes, by }: FollowRequest,
  destination: string,
  now: Instant,
  random: Random,
): Subscription {
  return {
    id: createId(random),
    destinationId: destination,
    topic,
    minUpvotes,
    startDay: listDayAt(now),
    createdAt: now,
    createdBy: by,
  };
}

function createId(random: Random): string {
  const letters = Array.from({ length: ID_LENGTH }, () =>
    ID_LETTERS.charAt(Math.floor(random() * ID_LETTERS.length)),
  );
  return letters.join('');
}

function kindOfChange(before: readonly Subscription[], held: Subscription): FollowResult['kind'] {
  const known = before.find((one) => one.id === held.id);
  if (known === undefined) return 'followed';
  return known.minUpvotes === held.minUpvotes ? 'already' : 'changed';
}
