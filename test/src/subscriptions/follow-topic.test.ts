import { describe, expect, it } from 'vitest';
import { changeSchedule } from '../../../src/subscriptions/change-schedule.ts';
import type { Destination } from '../../../src/subscriptions/destination.ts';
import { followTopic } from '../../../src/subscriptions/follow-topic.ts';
import { pauseDestination, resumeDestination } from '../../../src/subscriptions/pause.ts';
import type { Subscription } from '../../../src/subscriptions/subscription.ts';
import { unfollowTopic } from '../../../src/subscriptions/unfollow-topic.ts';
import { EVERY_PAPER } from '../../../src/topics/topic.ts';

const NOON = Date.UTC(2026, 5, 9, 12);
const LATER = NOON + 60_000;
const REQUEST = {
  place: { kind: 'channel', channelId: '1', guildId: '2', channelKind: 'text' },
  topic: EVERY_PAPER,
  minUpvotes: 0,
  by: '3',
  schedule: { at: 540, zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5, 6, 7] },
} as const;

function createStores() {
  const held = new Map<string, Destination>();
  const followed = new Map<string, readonly Subscription[]>();
  return {
    destinations: {
      get: (id: string) => held.get(id),
      list: () => [...held.values()],
      async update(id: string, change: (present: Destination | undefined) => Destination | undefined) {
        const next = change(held.get(id));
        if (next === undefined) held.delete(id);
        else held.set(id, next);
        return next;
      },
    },
    subscriptions: {
      list: (id: string) => followed.get(id) ?? [],
      async update(id: string, change: (present: readonly Subscription[]) => readonly Subscription[]) {
        const next = change(followed.get(id) ?? []);
        followed.set(id, next);
        return next;
      },
    },
  };
}

let seed = 0;
const random = (): number => (seed += 0.137) % 1;
const follow = (stores: ReturnType<typeof createStores>, change = {}, now = NOON) =>
  followTopic({ ...REQUEST, ...change }, stores, now, random);

describe('followTopic', () => {
  it('makes the destination and the subscription', async () => {
    const stores = createStores();

    const result = await follow(stores);

    expect(result).toMatchObject({ kind: 'followed', first: true });
    expect(stores.destinations.get('c1')).toMatchObject({ scheduledSince: NOON, style: 'cards' });
    expect(result.subscription).toMatchObject({ startDay: '2026-06-09', createdBy: '3' });
    expect(result.subscription.id).toMatch(/^[a-z0-9]{20}$/);
  });

  it('begins with settings of its own where a crash in the middle of unfollowing left those of before', async () => {
    const stores = createStores();
    await follow(stores);
    await stores.destinations.update(
      'c1',
      (present) => present && { ...present, style: 'threads', mention: '77' },
    );
    await stores.subscriptions.update('c1', () => []);

    const { destination } = await follow(stores, { schedule: { ...REQUEST.schedule, at: 600 } }, LATER);

    expect(destination).toMatchObject({ style: 'cards', schedule: { at: 600 }, scheduledSince: LATER });
    expect(destination.mention).toBeUndefined();
    expect(stores.destinations.get('c1')).toEqual(destination);
  });

  it('changes nothing when the same topic is followed twice', async () => {
    const stores = createStores();
    const { subscription } = await follow(stores);

    const again = await follow(stores, {}, LATER);

    expect(again.kind).toBe('already');
    expect(stores.subscriptions.list('c1')).toEqual([subscription]);
    expect(stores.destinations.get('c1')?.scheduledSince).toBe(NOON);
  });

  it('takes a new threshold for a topic that is followed', async () => {
    const stores = createStores();
    const { subscription } = await follow(stores);

    const again = await follow(stores, { minUpvotes: 20 }, LATER);

    expect(again.kind).toBe('changed');
    expect(stores.subscriptions.list('c1')).toEqual([{ ...subscription, minUpvotes: 20 }]);
  });

  it('refuses the 26th topic of a channel', async () => {
    const stores = createStores();
    for (let n = 0; n < 25; n += 1) await follow(stores, { topic: { name: `${n}`, query: `${n}` } });

    await expect(follow(stores, { topic: { name: 'x', query: 'x' } })).rejects.toThrow('topic-limit');
    expect(stores.subscriptions.list('c1')).toHaveLength(25);
  });
});

describe('unfollowTopic', () => {
  it('removes the destination with its last topic, and refuses a topic that is not there', async () => {
    const stores = createStores();
    const { subscription } = await follow(stores);

    const { last } = await unfollowTopic('c1', subscription.id, stores);

    expect(last).toBe(true);
    expect(stores.destinations.get('c1')).toBeUndefined();
    await expect(unfollowTopic('c1', subscription.id, stores)).rejects.toThrow('topic-not-followed');
  });
});

describe('changes of a destination', () => {
  it.each([
    ['time', { at: 600 }, LATER],
    ['zone', { zone: 'Asia/Tokyo' }, LATER],
    ['days', { days: [1] as const }, LATER],
    ['style', { style: 'compact' as const }, NOON],
    ['the same time', { at: 540 }, NOON],
  ])('a change of %s starts its time anew only where it must', async (_, change, since) => {
    const { destination } = await follow(createStores());

    expect(changeSchedule(destination, change, LATER)).toMatchObject({ scheduledSince: since });
  });

  it('sets and drops the mention, and refuses 26 cards', async () => {
    const { destination } = await follow(createStores());
    const mentioning = changeSchedule(destination, { mention: '9' }, LATER);

    expect(mentioning.mention).toBe('9');
    expect(changeSchedule(mentioning, { max: 5 }, LATER).mention).toBe('9');
    expect(changeSchedule(mentioning, { mention: null }, LATER)).not.toHaveProperty('mention');
    expect(() => changeSchedule(destination, { max: 26 }, LATER)).toThrow('number-out-of-range');
  });

  it('pauses once, and resumes from the next slot on', async () => {
    const { destination } = await follow(createStores());
    const paused = pauseDestination(pauseDestination(destination, NOON), LATER);

    expect(paused.pausedAt).toBe(NOON);
    expect(resumeDestination(paused, LATER)).toEqual({ ...destination, scheduledSince: LATER });
    expect(resumeDestination(destination, LATER)).toBe(destination);
  });
});
