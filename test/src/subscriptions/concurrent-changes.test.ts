import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ledger, openLedger } from '../../../src/storage/ledger/open-ledger.ts';
import type { DestinationStore } from '../../../src/subscriptions/destination.ts';
import { changeSchedule, type ScheduleChange } from '../../../src/subscriptions/change-schedule.ts';
import { followTopic } from '../../../src/subscriptions/follow-topic.ts';
import { undoFollow, unfollowTopic } from '../../../src/subscriptions/unfollow-topic.ts';
import { MINUTE_MS } from '../../../src/calendar/zoned-time.ts';

const NOON = Date.UTC(2026, 5, 9, 12);
const ID = 'c100000000000000001';
const PLACE = { kind: 'channel', channelId: ID.slice(1), guildId: '2', channelKind: 'text' } as const;
const REQUEST = {
  place: PLACE,
  minUpvotes: 0,
  by: '3',
  schedule: { at: 540, zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5, 6, 7] },
  now: NOON,
} as const;

let folder: string;
let ledger: Ledger;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const clock = { now: () => NOON, monotonic: () => NOON, sleep: () => Promise.resolve() };
  ledger = await openLedger({ url: `sqlite://${path.join(folder, 'ledger.sqlite')}`, log, clock });
});
afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

const follow = (
  query: string,
  about: { place?: typeof PLACE | { kind: 'dm'; userId: string }; minUpvotes?: number } = {},
) => followTopic({ ...REQUEST, topic: { name: query, query }, ...about }, ledger.destinations, Math.random);
const change = (wanted: ScheduleChange) =>
  ledger.destinations.change(ID, (present) => ({
    destination: present && changeSchedule(present, wanted, NOON),
  }));
const followed = async (id = ID) => (await ledger.destinations.get(id))?.subscriptions ?? [];
const queries = async () => (await followed()).map(({ topic }) => topic.query);

describe('changes of one channel at once', () => {
  it('fifty: none is lost', async () => {
    const { subscription } = await follow('first');
    const old = await Promise.all(Array.from({ length: 12 }, (_, n) => follow(`old ${n}`)));

    await Promise.all([
      ...Array.from({ length: 12 }, (_, n) => follow(`new ${n}`)),
      ...old.map(({ subscription: { id } }) => unfollowTopic(ID, id, ledger.destinations)),
      ...Array.from({ length: 23 }, (_, n) => change({ max: n + 1 })),
      change({ at: 'instantly' }),
      change({ mention: '7' }),
      change({ zone: 'Asia/Tokyo' }),
    ]);

    expect((await queries()).toSorted()).toEqual(
      [subscription.topic.query, ...Array.from({ length: 12 }, (_, n) => `new ${n}`)].toSorted(),
    );
    expect(await ledger.destinations.get(ID)).toMatchObject({
      max: 23,
      mention: '7',
      nextSlot: NOON + MINUTE_MS,
      schedule: { at: 'instantly', zone: 'Asia/Tokyo' },
    });
  });

  it('a change of the schedule survives the follows beside the first one', async () => {
    const first = follow('first');
    await Promise.all([first, change({ max: 3 }), follow('second'), change({ at: 600 }), follow('third')]);

    expect(await ledger.destinations.get(ID)).toMatchObject({ max: 3, schedule: { at: 600 } });
    expect(await queries()).toEqual(['first', 'second', 'third']);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 8])(
    'the last topic is ended and another is followed %i steps later: it has its destination',
    async (steps) => {
      const { subscription } = await follow('first');

      const ending = unfollowTopic(ID, subscription.id, ledger.destinations);
      for (let step = 0; step < steps; step += 1) await Promise.resolve();
      await Promise.all([ending, follow('second')]);

      expect(await queries()).toEqual(['second']);
      expect(await ledger.destinations.get(ID)).toBeDefined();
    },
  );

  it('an end that takes long does not take away the place of what was followed meanwhile', async () => {
    const { subscription } = await follow('first');
    const gate = Promise.withResolvers<void>();
    const slow: Pick<DestinationStore, 'change'> = {
      change: async (id, decide) => {
        await gate.promise;
        return ledger.destinations.change(id, decide);
      },
    };
    const ending = unfollowTopic(ID, subscription.id, slow);
    await follow('second');

    gate.resolve();
    await ending;

    expect(await queries()).toEqual(['second']);
    expect(await ledger.destinations.get(ID)).toBeDefined();
  });

  it('everything is ended and followed at once: what is followed has a destination, and nothing else has', async () => {
    for (let round = 0; round < 10; round += 1) {
      const held = (await followed()).map(({ id }) => unfollowTopic(ID, id, ledger.destinations));
      const made = ['a', 'b'].slice(round % 3).map((topic) => follow(`${topic} ${round}`));
      await Promise.all(round % 2 === 0 ? [...held, ...made] : [...made, ...held]);

      const destination = await ledger.destinations.get(ID);
      expect(destination?.subscriptions.length).not.toBe(0);
    }
  });

  it('the same topic twice is one, and only one is told that it is new', async () => {
    const results = await Promise.all([follow('same'), follow('same'), follow('same', { minUpvotes: 5 })]);

    expect(results.map(({ kind }) => kind)).toEqual(['followed', 'already', 'changed']);
    expect(await queries()).toEqual(['same']);
  });

  it.each([
    ['25 in a channel', PLACE, ID, 25],
    ['10 by DM', { kind: 'dm', userId: '5' } as const, 'u5', 10],
  ])('no more than %s are taken', async (_, place, id, limit) => {
    const results = await Promise.allSettled(
      Array.from({ length: limit + 5 }, (_none, n) => follow(`topic ${n}`, { place })),
    );

    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(5);
    expect(await followed(id)).toHaveLength(limit);
  });
});

describe('undoing a follow', () => {
  it('takes away what was made, for a quarter of an hour', async () => {
    const { subscription } = await follow('first');

    await expect(undoFollow(subscription, ledger.destinations, NOON + 15 * MINUTE_MS + 1)).rejects.toThrow(
      'undo-too-late',
    );
    expect(await undoFollow(subscription, ledger.destinations, NOON + 15 * MINUTE_MS)).toEqual({
      removed: subscription,
      last: true,
    });
    expect(await ledger.destinations.get(ID)).toBeUndefined();
  });

  it('leaves alone what was changed since, and what is not there', async () => {
    const { subscription } = await follow('first');
    await follow('first', { minUpvotes: 20 });

    await expect(undoFollow(subscription, ledger.destinations, NOON)).rejects.toThrow('undo-too-late');
    await expect(undoFollow({ ...subscription, id: 'other' }, ledger.destinations, NOON)).rejects.toThrow(
      'undo-too-late',
    );
    expect(await queries()).toEqual(['first']);
  });

  it('keeps the pause of a channel that follows more', async () => {
    const { subscription } = await follow('first');
    await follow('second');
    await ledger.destinations.change(ID, (present) => ({
      destination: present && { ...present, pausedAt: NOON },
    }));

    await undoFollow(subscription, ledger.destinations, NOON);

    expect(await ledger.destinations.get(ID)).toMatchObject({ pausedAt: NOON });
  });
});

describe('following where a place was gone', () => {
  it('clears the trouble, as the place was found', async () => {
    await follow('first');
    const trouble = { kind: 'gone', code: 10_003, since: 0, triedAt: 0 } as const;
    await ledger.destinations.change(ID, (present) => ({ destination: present && { ...present, trouble } }));

    await follow('second');

    expect(await ledger.destinations.get(ID)).not.toHaveProperty('trouble');
  });
});
