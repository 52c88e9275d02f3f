import { existsSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../../src/calendar/zoned-time.ts';
import { planStep } from '../../../../src/delivery/delivery.ts';
import { apply } from '../../../../src/delivery/transitions.ts';
import { buildDelivery, buildStep } from './build-rows.ts';
import { DATABASES, type LedgerWorld, NOW, SQLITE, useLedger } from './ledger-world.ts';

const KILOBYTE = 1024;

/** A digest of one message, sent and closed. */
async function deliver(world: LedgerWorld, destinationId: string, papers: readonly string[]): Promise<void> {
  const { deliveries } = world.ledger;
  const id = `${destinationId}d${world.now}`;
  const at = world.now;
  const step = buildStep(0, { papers, view: 'x'.repeat(9 * KILOBYTE) });
  await deliveries.plan(
    buildDelivery({ id, destinationId, slot: at, plannedAt: at, steps: [planStep(step, 0)] }),
    () => true,
  );
  for (const event of [
    { kind: 'attempt', n: 0, at, unconfirmed: false },
    { kind: 'sent', n: 0, messageId: '100000000000000009', at },
    { kind: 'close', state: 'done', at },
  ] as const) {
    await deliveries.transition(id, (view) => apply(view, event));
  }
}

describe.each(DATABASES)('the purge, on $name', (database) => {
  const world = useLedger(database);
  const ids = async () => (await world.ledger.deliveries.latestOf('c1', 99)).map(({ slot }) => slot - NOW);
  const records = async () => [...(await world.ledger.deliveries.recordsOf('c1')).keys()];
  async function passUntil(end: number, purgedEvery = DAY_MS): Promise<void> {
    while (world.now < end) {
      world.now = Math.min(end, world.now + purgedEvery);
      await world.ledger.purgeIfDue();
    }
  }

  it('keeps deliveries a month and records a year beyond, and runs once a day', async () => {
    await world.ledger.purgeIfDue();
    await deliver(world, 'c1', ['1', '2']);
    await passUntil(NOW + 20 * DAY_MS);
    await deliver(world, 'c1', ['3']);

    await passUntil(NOW + 31 * DAY_MS);
    expect(await ids()).toEqual([20 * DAY_MS]);
    expect(await records()).toEqual(['1', '2', '3']);

    await passUntil(NOW + 396 * DAY_MS, 2 * DAY_MS);
    expect(await ids()).toEqual([]);
    expect(await records()).toEqual(['3']);

    world.now += DAY_MS / 2;
    await deliver(world, 'c1', ['4']);
    await world.run(`UPDATE records SET at = 0`);
    await world.ledger.purgeIfDue();
    expect(await records()).toHaveLength(2);
  });

  it('deletes nothing at once when the clock is a year wrong, before and after a restart, and catches up', async () => {
    await world.ledger.purgeIfDue();
    await deliver(world, 'c1', ['1']);

    world.now = NOW + 500 * DAY_MS;
    await world.ledger.purgeIfDue();
    await world.reopen();
    await world.ledger.purgeIfDue();
    expect(await ids()).toEqual([0]);
    expect(await records()).toEqual(['1']);

    world.now = NOW;
    await world.reopen();
    await passUntil(NOW + 31 * DAY_MS);
    expect(await ids()).toEqual([]);
  });

  it('catches up with the clock after the bot was off', async () => {
    await world.ledger.purgeIfDue();
    await deliver(world, 'c1', ['1']);

    world.now = NOW + 20 * DAY_MS;
    await world.reopen();
    await passUntil(NOW + 41 * DAY_MS);

    expect(await ids()).toEqual([]);
  });

  describe('of posts', () => {
    async function post(refreshAt: number): Promise<void> {
      await deliver(world, 'c1', ['1']);
      await world.run(`INSERT INTO posts (delivery_id, n, refresh_at, document)
        SELECT id, 0, ${refreshAt}, '{}' FROM deliveries`);
    }
    const posts = () => world.run('SELECT n FROM posts');

    it('leaves those of today alone while what counts as now catches up', async () => {
      await world.ledger.purgeIfDue();
      world.now = NOW + 30 * DAY_MS;
      await post(world.now + DAY_MS);
      await world.reopen();

      await world.ledger.purgeIfDue();

      expect(await posts()).toHaveLength(1);
    });

    it('leaves those of today alone after a start with a clock that is behind', async () => {
      await world.ledger.purgeIfDue();
      await post(NOW + DAY_MS);
      world.now = NOW - 5 * DAY_MS;
      await world.reopen();

      await world.ledger.purgeIfDue();

      expect(await posts()).toHaveLength(1);
    });

    it.each([-5 * DAY_MS, 5 * DAY_MS])('deletes one that is due %i ms from now', async (ms) => {
      await post(NOW + ms);

      await world.ledger.purgeIfDue();

      expect(await posts()).toEqual([]);
    });
  });

  it('leaves an open delivery where it stands, however old it is', async () => {
    await world.ledger.deliveries.plan(buildDelivery(), () => true);

    await passUntil(NOW + 40 * DAY_MS);

    expect(await world.ledger.deliveries.open()).toHaveLength(1);
  });

  it('lets others have their turn, however much is too old', async () => {
    const papers = Array.from({ length: 2000 }, (_, index) => `${index}`);
    await deliver(world, 'c1', papers);
    await world.run('UPDATE records SET at = 0');
    let turns = 0;
    let isDone = false;
    const count = () => {
      turns += 1;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);

    await world.ledger.purgeIfDue();
    isDone = true;

    expect(await records()).toEqual([]);
    expect(turns).toBeGreaterThan(5);
  });

  it('tells when it failed, and the bot goes on', async () => {
    await world.run('DROP TABLE records');

    await world.ledger.purgeIfDue();

    expect(world.logged).toEqual([{ err: expect.any(Error) }]);
  });

  it('is tried again after an hour when it failed, and nothing counts as older for that', async () => {
    await world.ledger.purgeIfDue();
    await deliver(world, 'c1', ['1']);
    await world.run('ALTER TABLE records RENAME TO away');
    world.now = NOW + 31 * DAY_MS;
    const start = world.now;
    await passUntil(start + 15 * HOUR_MS, HOUR_MS);
    expect(world.logged).toHaveLength(15);
    expect(await ids()).toEqual([0]);

    await world.run('ALTER TABLE away RENAME TO records');
    await world.run('UPDATE records SET at = 0');
    await passUntil(start + 16 * HOUR_MS, HOUR_MS);

    expect(await records()).toEqual([]);
    expect(await ids()).toEqual([0]);
  });
});

describe('a year of digests of every paper', { timeout: 120_000 }, () => {
  const world = useLedger(SQLITE);
  const destinations = ['c100', 'c101'];
  const sizeOf = (suffix = '') => {
    const file = world.url.slice('sqlite://'.length) + suffix;
    return existsSync(file) ? statSync(file).size / KILOBYTE : 0;
  };

  async function pass(days: number, from = 0): Promise<void> {
    for (let day = from; day < from + days; day++) {
      world.now = NOW + day * DAY_MS;
      const papers = Array.from({ length: 25 }, (_, at) => `2606.${day * 100 + at}`);
      await Promise.all(destinations.map((id) => deliver(world, id, papers)));
      await world.ledger.purgeIfDue();
    }
    await world.run('PRAGMA wal_checkpoint(PASSIVE)');
  }

  it('stays small, and its file stops growing', async () => {
    await pass(35);
    const afterWeeks = sizeOf();
    await pass(365, 35);
    const afterYear = sizeOf();
    await pass(60, 400);

    expect(await world.run('SELECT id FROM deliveries')).toHaveLength(destinations.length * 31);
    expect((await world.ledger.deliveries.recordsOf('c100')).size).toBe(396 * 25);
    expect((afterYear - afterWeeks) / destinations.length, 'KB of records a destination').toBeLessThan(1500);
    expect(sizeOf()).toBeLessThan(afterYear * 1.05);
    expect(sizeOf('-wal')).toBeLessThan(16 * KILOBYTE);
  });
});
