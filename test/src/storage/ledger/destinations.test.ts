import { describe, expect, it } from 'vitest';
import { StorageError, UserError } from '../../../../src/errors.ts';
import type { Destination } from '../../../../src/subscriptions/destination.ts';
import { buildDelivery, buildDestination, buildSubscription, GUILD, ID } from './build-rows.ts';
import { DATABASES, NOW, useLedger } from './ledger-world.ts';

const ADA = 'u100000000000000007';
const ofAda = buildDestination({ id: ADA, place: { kind: 'dm', userId: ADA.slice(1) } });
const whole = buildDestination({
  subscriptions: [buildSubscription('b'), buildSubscription('a', { minUpvotes: 20 })],
  schedule: { at: 'instantly', zone: 'UTC', days: [1, 7] },
  mention: '100000000000000005',
  coveredSlot: NOW - 1,
  mentionedOn: '2026-06-07',
  lastDeliveredAt: NOW - 2,
  pausedAt: NOW - 3,
  trouble: { kind: 'blocked', code: 50_013, since: NOW - 5, triedAt: NOW - 4 },
});

describe.each(DATABASES)('destinations, on $name', (database) => {
  const world = useLedger(database);
  const add = (destination: Destination) =>
    world.ledger.destinations.change(destination.id, () => ({ destination }));
  const present = (destination: Destination | undefined): Destination => destination ?? buildDestination();

  it('are there after a restart, with all that is set', async () => {
    await add(whole);
    await add(ofAda);

    await world.reopen();

    expect(await world.ledger.destinations.get(ID)).toEqual(whole);
    expect(await world.ledger.destinations.get(ADA)).toEqual(ofAda);
    expect(await world.ledger.destinations.get('c9')).toBeUndefined();
  });

  it('lose what is taken away, and keep the order of their subscriptions', async () => {
    await add(whole);
    const [b, a] = whole.subscriptions;
    const { mention: _mention, trouble: _trouble, pausedAt: _pausedAt, ...rest } = whole;
    const next = {
      ...rest,
      subscriptions: [a, buildSubscription('c'), b].filter((one) => one !== undefined),
    };

    await world.ledger.destinations.change(ID, () => ({ destination: next }));
    expect(await world.ledger.destinations.get(ID)).toEqual(next);
    await world.ledger.destinations.change(ID, () => ({
      destination: { ...next, subscriptions: next.subscriptions.slice(1) },
    }));

    expect((await world.ledger.destinations.get(ID))?.subscriptions.map(({ id }) => id)).toEqual(['c', 'b']);
  });

  it('lose none of fifty changes at once, the making of the destination among them', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `s${index}`);

    await Promise.all(
      names.map((id) =>
        world.ledger.destinations.change(ID, (before) => ({
          destination: buildDestination({
            subscriptions: [...(before?.subscriptions ?? []), buildSubscription(id)],
          }),
        })),
      ),
    );

    const { subscriptions = [] } = (await world.ledger.destinations.get(ID)) ?? {};
    expect(subscriptions.map(({ id }) => id).toSorted()).toEqual(names.toSorted());
  });

  it('change one after the other: each decision sees the one before', async () => {
    await add(buildDestination({ nextSlot: 0 }));

    await Promise.all(
      Array.from({ length: 20 }, () =>
        world.ledger.destinations.change(ID, (before) => ({
          destination: { ...present(before), nextSlot: present(before).nextSlot + 1 },
        })),
      ),
    );

    expect(await world.ledger.destinations.get(ID)).toHaveProperty('nextSlot', 20);
  });

  it('stay as they were when a change is refused, and the refusal comes out as it is', async () => {
    await add(whole);
    const refusal = new UserError('topic-limit', { limit: 25 });

    const change = world.ledger.destinations.change(ID, () => {
      throw refusal;
    });

    await expect(change).rejects.toBe(refusal);
    expect(await world.ledger.destinations.get(ID)).toEqual(whole);
  });

  it('tell a failure of the database as such, with its cause', async () => {
    await add(whole);
    await world.ledger.close();

    const failure: unknown = await add({ ...whole, max: 3 }).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(StorageError);
    expect(failure).toHaveProperty('cause', expect.any(Error));
    await expect(world.ledger.destinations.get(ID)).rejects.toThrow(StorageError);
  });

  it('leave what was sent and what is open when they are removed', async () => {
    await add(whole);
    await world.ledger.deliveries.plan(buildDelivery(), () => true);
    await world.ledger.deliveries.transition('d1', ({ delivery }) => ({
      delivery,
      records: [{ paperId: '2606.00001', kind: 'sent', at: NOW }],
    }));

    await world.ledger.destinations.change(ID, () => ({ destination: undefined, giveUp: 'removed' }));

    expect(await world.ledger.destinations.get(ID)).toBeUndefined();
    expect(await world.ledger.deliveries.get('d1')).toEqual({
      delivery: buildDelivery({ givenUp: { reason: 'removed', at: NOW } }),
      destination: undefined,
    });
    expect([...(await world.ledger.deliveries.recordsOf(ID)).keys()]).toEqual(['2606.00001']);
  });

  it('give up their open delivery in the transaction of the change, once', async () => {
    await add(whole);
    await add(ofAda);
    await world.ledger.deliveries.plan(buildDelivery(), () => true);
    await world.ledger.deliveries.plan(buildDelivery({ id: 'd2', destinationId: ADA }), () => true);

    await world.ledger.destinations.change(ID, (before) => ({
      destination: present(before),
      giveUp: 'paused',
    }));
    world.now += 1;
    await world.ledger.destinations.change(ID, (before) => ({
      destination: present(before),
      giveUp: 'unfollowed',
    }));

    expect(await world.ledger.deliveries.openOf(ID)).toHaveProperty('givenUp', { reason: 'paused', at: NOW });
    expect(await world.ledger.deliveries.openOf(ADA)).not.toHaveProperty('givenUp');
  });

  it('are due by their next slot, the oldest first, and not while they are paused', async () => {
    await add(buildDestination({ id: 'c1', nextSlot: NOW }));
    await add(buildDestination({ id: 'u2', nextSlot: NOW - 1, place: { kind: 'dm', userId: '2' } }));
    await add(buildDestination({ id: 'c3', nextSlot: NOW + 1 }));
    await add(buildDestination({ id: 'c4', nextSlot: NOW - 9, pausedAt: NOW }));

    expect(await world.ledger.destinations.due(NOW)).toEqual([
      { id: 'u2', kind: 'dm' },
      { id: 'c1', kind: 'channel' },
    ]);
    expect(await world.ledger.destinations.summary()).toEqual({ destinations: 4 });
  });

  it('whose next slot lies too far ahead for their schedule are found', async () => {
    const { schedule } = buildDestination();
    const instantly = { ...schedule, at: 'instantly' } as const;
    await add(buildDestination({ id: 'c1', nextSlot: NOW + 5 }));
    await add(buildDestination({ id: 'c2', nextSlot: NOW + 11 }));
    await add(buildDestination({ id: 'c3', nextSlot: NOW + 5, schedule: instantly }));
    await add(buildDestination({ id: 'c4', nextSlot: NOW, schedule: instantly }));
    await add(buildDestination({ id: 'c5', nextSlot: NOW + 11, pausedAt: NOW }));

    const found = await world.ledger.destinations.dueAfter({ timed: NOW + 10, instantly: NOW });

    expect(found.map(({ id }) => id).toSorted()).toEqual(['c2', 'c3']);
  });

  it('that are gone are found by when they were last asked for', async () => {
    const trouble = (kind: 'gone' | 'blocked', triedAt: number) => ({
      kind,
      code: 10_003,
      since: 0,
      triedAt,
    });
    await add(buildDestination({ id: 'c1', trouble: trouble('gone', NOW - 10) }));
    await add(buildDestination({ id: 'c2', trouble: trouble('gone', NOW - 5) }));
    await add(buildDestination({ id: 'c3', trouble: trouble('gone', NOW + 99) }));
    await add(buildDestination({ id: 'c4', trouble: trouble('blocked', NOW - 10) }));

    expect((await world.ledger.destinations.gone(NOW - 10, NOW)).map(({ id }) => id)).toEqual(['c1', 'c3']);
  });

  it('of a server come oldest first', async () => {
    await add(buildDestination({ id: 'c1', createdAt: NOW }));
    await add(buildDestination({ id: 'c2', createdAt: NOW - 1, lastDeliveredAt: NOW }));
    await add(ofAda);

    expect((await world.ledger.destinations.ofGuild(GUILD)).map(({ id }) => id)).toEqual(['c2', 'c1']);
    expect(await world.ledger.destinations.ofGuild('9')).toEqual([]);
    expect(await world.ledger.destinations.summary()).toMatchObject({ lastDeliveredAt: NOW });
  });
});
