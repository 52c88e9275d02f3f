import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { StorageError } from '../../../../src/errors.ts';
import { openLedger } from '../../../../src/storage/ledger/open-ledger.ts';
import { buildDelivery, buildDestination, ID } from './build-rows.ts';
import { SQLITE, useLedger } from './ledger-world.ts';

describe('a ledger that another program holds', () => {
  const world = useLedger(SQLITE);
  const follow = (id = ID) =>
    world.ledger.destinations.change(id, () => ({ destination: buildDestination({ id }) }));

  function hold(): DatabaseSync {
    const holder = new DatabaseSync(world.url.slice('sqlite://'.length), { timeout: 5000 });
    holder.exec('BEGIN EXCLUSIVE');
    return holder;
  }

  it('is waited for while everything else goes on, and nothing is lost', async () => {
    await follow();
    await world.ledger.deliveries.plan(buildDelivery(), () => true);
    const holder = hold();
    let isWritten = false;
    const writes = Promise.all([
      follow('c2'),
      world.ledger.meta.set('commands', 'hash'),
      world.ledger.destinations.change(ID, () => ({ destination: buildDestination(), giveUp: 'paused' })),
    ]).then(() => (isWritten = true));

    // The event loop turns: a hundred timers of 1 ms come while the database is held.
    for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => void setTimeout(resolve, 1));
    expect(isWritten).toBe(false);
    holder.close();
    await writes;

    expect(await world.ledger.destinations.get('c2')).toBeDefined();
    expect(await world.ledger.meta.get('commands')).toBe('hash');
    expect(await world.ledger.deliveries.openOf(ID)).toHaveProperty('givenUp.reason', 'paused');
  });

  it('is given up after some seconds, by all who wait, and works again afterwards', async () => {
    const holder = hold();

    const results = await Promise.allSettled(['c1', 'c2', 'c3', 'c4'].map((id) => follow(id)));

    expect(results.map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => 'rejected'));
    expect(results.every((one) => one.status === 'rejected' && one.reason instanceof StorageError)).toBe(
      true,
    );
    holder.close();
    await follow();
    expect((await world.ledger.destinations.summary()).destinations).toBe(1);
  });

  it('is told of to a second Paperboy', async () => {
    const second = openLedger({
      url: world.url,
      clock: { now: () => 0, monotonic: () => 0, sleep: () => Promise.resolve() },
      log: { error: () => undefined },
    });

    await expect(second).rejects.toThrow(/Another Paperboy is running/);
    await follow();
  });
});
