import { type Delivery, type PlannedStep, planStep } from '../../../../src/delivery/delivery.ts';
import type { Destination } from '../../../../src/subscriptions/destination.ts';
import type { Subscription } from '../../../../src/subscriptions/subscription.ts';
import { NOW } from './ledger-world.ts';

export const ID = 'c100000000000000001';
export const GUILD = '100000000000000002';

export function buildSubscription(id: string, about: Partial<Subscription> = {}): Subscription {
  return {
    id,
    destinationId: ID,
    topic: { name: `Topic ${id}`, query: id },
    minUpvotes: 0,
    startDay: '2026-06-08',
    createdAt: NOW,
    createdBy: '100000000000000003',
    ...about,
  };
}

export function buildDestination(about: Partial<Destination> = {}): Destination {
  const id = about.id ?? ID;
  return {
    id,
    place: { kind: 'channel', channelId: id.slice(1), guildId: GUILD, channelKind: 'text' },
    subscriptions: [buildSubscription(`s${id}`, { destinationId: id })],
    schedule: { at: 540, zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5] },
    style: 'cards',
    max: 10,
    overflow: 'list',
    nextSlot: NOW,
    createdAt: NOW,
    ...about,
  };
}

export function buildStep(n: number, about: Partial<PlannedStep> = {}): PlannedStep {
  return { n, kind: 'message', form: 'rich', papers: [`2606.0000${n}`], ...about };
}

export function buildDelivery(about: Partial<Delivery> = {}): Delivery {
  return {
    id: 'd1',
    destinationId: ID,
    place: { kind: 'channel', channelId: ID.slice(1), guildId: GUILD, channelKind: 'text' },
    kind: 'digest',
    slot: NOW,
    state: 'open',
    mention: 'none',
    hidden: [],
    plannedAt: NOW,
    steps: [planStep(buildStep(1), 1), planStep(buildStep(2), 2)],
    ...about,
  };
}
