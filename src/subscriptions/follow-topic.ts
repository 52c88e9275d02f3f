import type { Random } from '../calendar/clock.ts';
import { listDayAt } from '../calendar/list-day.ts';
import type { Instant } from '../calendar/zoned-time.ts';
import { UserError } from '../errors.ts';
import type { Topic } from '../topics/topic.ts';
import {
  type Destination,
  destinationId,
  type DestinationStore,
  type Place,
  type Schedule,
} from './destination.ts';
import { firstSlot } from './schedule.ts';
import { createId, ID_LENGTH, type Subscription, TOPIC_LIMIT } from './subscription.ts';

export interface FollowRequest {
  readonly place: Place;
  readonly topic: Topic;
  readonly minUpvotes: number;
  /** User id. */
  readonly by: string;
  /** For a place that gets its first topic. */
  readonly schedule: Schedule;
  readonly now: Instant;
}

export interface FollowResult {
  /** `replaced`: it took the place of another topic; `already`: it was followed before with the same threshold. */
  readonly kind: 'followed' | 'replaced' | 'changed' | 'already';
  readonly destination: Destination;
  readonly subscription: Subscription;
  /** Whether it is the only topic of the destination. */
  readonly first: boolean;
}

/** Follows a topic at a place; a topic that is followed there already gets the new threshold. Raises `topic-limit`. */
export async function followTopic(
  request: FollowRequest,
  destinations: Pick<DestinationStore, 'change'>,
  random: Random,
): Promise<FollowResult> {
  const id = destinationId(request.place);
  const subscription = buildSubscription(request, id, random);
  let before: readonly Subscription[] = [];
  const destination = await destinations.change(id, (present) => {
    before = present?.subscriptions ?? [];
    return { destination: addTopic(present ?? buildDestination(request), subscription, request) };
  });
  if (destination === undefined) throw new RangeError(`destination ${id} was not kept`);
  const held = findTopic(destination.subscriptions, request.topic) ?? subscription;
  return {
    kind: kindOfChange(before, held),
    destination,
    subscription: held,
    first: destination.subscriptions.length === 1,
  };
}

/** Topics with equal queries are the same topic. */
function isSameTopic(one: Topic, other: Topic): boolean {
  return one.query === other.query;
}

function findTopic(subscriptions: readonly Subscription[], topic: Topic): Subscription | undefined {
  return subscriptions.find((one) => isSameTopic(one.topic, topic));
}

function buildDestination({ place, schedule, now }: FollowRequest): Destination {
  return {
    id: destinationId(place),
    place,
    subscriptions: [],
    schedule,
    style: 'cards',
    max: 8,
    overflow: 'list',
    nextSlot: firstSlot(schedule, now),
    createdAt: now,
  };
}

/** Who follows something in a place has found it: it is not gone. */
function addTopic(
  { trouble, ...present }: Destination,
  subscription: Subscription,
  { place, topic, minUpvotes }: FollowRequest,
): Destination {
  const kept = trouble === undefined || trouble.kind === 'gone' ? present : { ...present, trouble };
  const held = findTopic(present.subscriptions, topic);
  if (held !== undefined) {
    const subscriptions = present.subscriptions.map((one) => (one === held ? { ...one, minUpvotes } : one));
    return { ...kept, subscriptions };
  }
  const limit = TOPIC_LIMIT[place.kind];
  if (present.subscriptions.length >= limit) throw new UserError('topic-limit', { limit });
  return { ...kept, subscriptions: [...present.subscriptions, subscription] };
}

function buildSubscription(
  { topic, minUpvotes, by, now }: FollowRequest,
  destination: string,
  random: Random,
): Subscription {
  return {
    id: createId(random, ID_LENGTH),
    destinationId: destination,
    topic,
    minUpvotes,
    startDay: listDayAt(now),
    createdAt: now,
    createdBy: by,
  };
}

function kindOfChange(before: readonly Subscription[], held: Subscription): FollowResult['kind'] {
  const known = before.find((one) => one.id === held.id);
  if (known === undefined) return 'followed';
  return known.minUpvotes === held.minUpvotes ? 'already' : 'changed';
}

interface Replacement {
  readonly destinationId: string;
  /** The subscription that ends. */
  readonly subscriptionId: string;
  readonly topic: Topic;
  /** User id. */
  readonly by: string;
}

/**
 * Follows another topic in place of one, with its threshold, first day and age; where that is followed already, the old
 * one just ends. Raises `control-outdated` where the old one is not followed any more.
 */
export async function followInstead(
  replacement: Replacement,
  destinations: Pick<DestinationStore, 'change'>,
  random: Random,
): Promise<FollowResult> {
  const { subscriptionId, topic, by } = replacement;
  const id = createId(random, ID_LENGTH);
  const destination = await destinations.change(replacement.destinationId, (present) => {
    const held = present?.subscriptions.find((one) => one.id === subscriptionId);
    if (present === undefined || held === undefined) throw new UserError('control-outdated', {});
    const isKnown = present.subscriptions.some((one) => one !== held && one.topic.query === topic.query);
    const made: Subscription = { ...held, id, topic, createdBy: by };
    const subscriptions = present.subscriptions.flatMap((one) => {
      if (one !== held) return [one];
      return isKnown ? [] : [made];
    });
    return { destination: { ...present, subscriptions }, giveUp: 'unfollowed' };
  });
  const subscription = destination?.subscriptions.find((one) => one.topic.query === topic.query);
  if (destination === undefined || subscription === undefined) throw new UserError('control-outdated', {});
  return {
    kind: subscription.id === id ? 'replaced' : 'already',
    destination,
    subscription,
    first: destination.subscriptions.length === 1,
  };
}
