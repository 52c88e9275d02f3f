import type { Destination } from '../../src/subscriptions/destination.ts';
import type { Subscription } from '../../src/subscriptions/subscription.ts';
import { EVERY_PAPER } from '../../src/topics/topic.ts';

/** A channel that gets every paper at nine in Berlin, and what the test is about. */
export function buildDestination(about: Partial<Destination> = {}): Destination {
  return {
    id: 'c100000000000000001',
    place: {
      kind: 'channel',
      channelId: '100000000000000001',
      guildId: '100000000000000009',
      channelKind: 'text',
    },
    schedule: { at: 9 * 60, zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5, 6, 7] },
    style: 'cards',
    max: 10,
    overflow: 'list',
    subscriptions: [buildSubscription()],
    nextSlot: 0,
    createdAt: 0,
    ...about,
  };
}

export function buildSubscription(about: Partial<Subscription> = {}): Subscription {
  return {
    id: 'subscription1',
    destinationId: 'c100000000000000001',
    topic: EVERY_PAPER,
    minUpvotes: 0,
    startDay: '2026-06-01',
    createdAt: 0,
    createdBy: '100000000000000008',
    ...about,
  };
}
