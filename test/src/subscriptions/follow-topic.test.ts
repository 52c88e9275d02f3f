import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../../src/calendar/zoned-time.ts';
import {
  changeSchedule,
  pauseDestination,
  resumeDestination,
} from '../../../src/subscriptions/change-schedule.ts';
import type { Destination, DestinationStore } from '../../../src/subscriptions/destination.ts';
import { type FollowRequest, followTopic } from '../../../src/subscriptions/follow-topic.ts';
import { unfollowTopic } from '../../../src/subscriptions/unfollow-topic.ts';
import { EVERY_PAPER } from '../../../src/topics/topic.ts';

const NOON = Date.UTC(2026, 5, 9, 12);
const LATER = NOON + 60_000;
/** Nine in Berlin, the next day. */
const NEXT = Date.UTC(2026, 5, 10, 7);
const REQUEST: FollowRequest = {
  place: { kind: 'channel', channelId: '1', guildId: '2', channelKind: 'text' },
  topic: EVERY_PAPER,
  minUpvotes: 0,
  by: '3',
  schedule: { at: 540, zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5, 6, 7] },
  now: NOON,
};

function createStore() {
  const held = new Map<string, Destination>();
  const given: (string | undefined)[] = [];
  const change: DestinationStore['change'] = async (id, decide) => {
    const { destination, giveUp } = decide(held.get(id));
    if (destination === undefined) held.delete(id);
    else held.set(id, destination);
    given.push(giveUp);
    return destination;
  };
  return { change, given, get: (id: string) => held.get(id) };
}

let seed = 0;
const random = (): number => (seed += 0.137) % 1;
const follow = (store: ReturnType<typeof createStore>, about: Partial<FollowRequest> = {}) =>
  followTopic({ ...REQUEST, ...about }, store, random);

describe('followTopic', () => {
  it('makes the destination and the subscription', async () => {
    const store = createStore();

    const result = await follow(store);

    expect(result).toMatchObject({ kind: 'followed', first: true });
    expect(store.get('c1')).toMatchObject({ nextSlot: NEXT, style: 'cards' });
    expect(result.subscription).toMatchObject({ startDay: '2026-06-09', createdBy: '3' });
    expect(result.subscription.id).toMatch(/^[a-z0-9]{20}$/);
  });

  it('changes nothing when the same topic is followed twice', async () => {
    const store = createStore();
    const { subscription } = await follow(store);

    const again = await follow(store, { now: LATER });

    expect(again.kind).toBe('already');
    expect(store.get('c1')).toMatchObject({ subscriptions: [subscription], nextSlot: NEXT });
  });

  it('takes a new threshold for a topic that is followed', async () => {
    const store = createStore();
    const { subscription } = await follow(store);

    const again = await follow(store, { minUpvotes: 20, now: LATER });

    expect(again.kind).toBe('changed');
    expect(store.get('c1')?.subscriptions).toEqual([{ ...subscription, minUpvotes: 20 }]);
  });

  it('refuses the 26th topic of a channel', async () => {
    const store = createStore();
    for (let n = 0; n < 25; n += 1) await follow(store, { topic: { name: `${n}`, query: `${n}` } });

    await expect(follow(store, { topic: { name: 'x', query: 'x' } })).rejects.toThrow('topic-limit');
    expect(store.get('c1')?.subscriptions).toHaveLength(25);
  });
});

describe('unfollowTopic', () => {
  it('removes the destination with its last topic, and refuses a topic that is not there', async () => {
    const store = createStore();
    const { subscription } = await follow(store);

    const { last } = await unfollowTopic('c1', subscription.id, store);

    expect(last).toBe(true);
    expect(store.get('c1')).toBeUndefined();
    expect(store.given.at(-1)).toBe('removed');
    await expect(unfollowTopic('c1', subscription.id, store)).rejects.toThrow('topic-not-followed');
  });

  it('of one topic of several keeps the others, and gives up what is being sent', async () => {
    const store = createStore();
    const { subscription } = await follow(store);
    await follow(store, { topic: { name: 'x', query: 'x' } });

    expect(await unfollowTopic('c1', subscription.id, store)).toEqual({ removed: subscription, last: false });
    expect(store.get('c1')?.subscriptions.map(({ topic }) => topic.query)).toEqual(['x']);
    expect(store.given.at(-1)).toBe('unfollowed');
  });
});

describe('changes of a destination', () => {
  it.each([
    ['time', { at: 600 }, NEXT + HOUR_MS],
    ['zone', { zone: 'Asia/Tokyo' }, Date.UTC(2026, 5, 10)],
    ['days', { days: [1] as const }, Date.UTC(2026, 5, 15, 7)],
    ['style', { style: 'compact' as const }, NEXT],
    ['the same time', { at: 540 }, NEXT],
  ])('a change of %s moves the next slot only where it must', async (_, change, nextSlot) => {
    const { destination } = await follow(createStore());

    expect(changeSchedule(destination, change, LATER)).toMatchObject({ nextSlot });
  });

  it('that leaves the schedule as it is keeps a slot that waits', async () => {
    const { destination } = await follow(createStore());

    expect(changeSchedule(destination, { max: 5 }, NEXT + HOUR_MS)).toMatchObject({ nextSlot: NEXT, max: 5 });
  });

  it('sets and drops the mention, and refuses 26 cards', async () => {
    const { destination } = await follow(createStore());
    const mentioning = changeSchedule(destination, { mention: '9' }, LATER);

    expect(mentioning.mention).toBe('9');
    expect(changeSchedule(mentioning, { max: 5 }, LATER).mention).toBe('9');
    expect(changeSchedule(mentioning, { mention: null }, LATER)).not.toHaveProperty('mention');
    expect(() => changeSchedule(destination, { max: 26 }, LATER)).toThrow('number-out-of-range');
  });

  it('pauses once, gives up what is being sent, and resumes from the next slot on', async () => {
    const { destination } = await follow(createStore());
    const { destination: paused = destination, giveUp } = pauseDestination(destination, NOON);

    expect(giveUp).toBe('paused');
    expect(pauseDestination(paused, LATER).destination?.pausedAt).toBe(NOON);
    expect(resumeDestination(paused, NEXT + HOUR_MS)).toEqual({
      ...destination,
      nextSlot: NEXT + 24 * HOUR_MS,
    });
    expect(resumeDestination(destination, LATER)).toBe(destination);
  });
});
