import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { planStep } from '../../../../src/delivery/delivery.ts';
import { UserError } from '../../../../src/errors.ts';
import { openLedger } from '../../../../src/storage/ledger/open-ledger.ts';
import { buildDelivery, buildDestination, buildStep } from './build-rows.ts';
import { DATABASES, NOW, SQLITE, useLedger } from './ledger-world.ts';

describe.each(DATABASES)('the counts of a ledger, on $name', (database) => {
  const world = useLedger(database);
  const add = (id: string, about: Parameters<typeof buildDestination>[0]) =>
    world.ledger.destinations.change(id, () => ({ destination: buildDestination({ id, ...about }) }));

  it('are all 0 at first', async () => {
    expect(await world.ledger.counts()).toEqual({ destinations: 0, openDeliveries: 0, uncertainSteps: 0 });
  });

  it('have the oldest slot that is due, of what is not paused', async () => {
    await add('c1', { nextSlot: NOW - 5 });
    await add('c2', { nextSlot: NOW - 9, pausedAt: NOW });
    await add('c3', { nextSlot: NOW + 1 });

    expect(await world.ledger.counts()).toMatchObject({ destinations: 3, oldestDue: NOW - 5 });
  });

  it('leave out what is due in places that are gone, and for people who take no direct messages', async () => {
    const trouble = { code: 1, since: NOW - 9, triedAt: NOW - 9 };
    await add('c1', { nextSlot: NOW - 9, trouble: { ...trouble, kind: 'gone' } });
    await add('u2', { nextSlot: NOW - 8, trouble: { ...trouble, kind: 'dms-closed' } });
    await add('c3', { nextSlot: NOW - 5, trouble: { ...trouble, kind: 'blocked' } });

    expect(await world.ledger.counts()).toMatchObject({ oldestDue: NOW - 5 });
  });

  it('have every step of an open delivery whose answer is not known, whatever its papers say', async () => {
    const text = '"status":"uncertain"';
    const uncertain = (n: number) =>
      ({ ...planStep(buildStep(n, { view: { text } }), n), status: 'uncertain' }) as const;
    const steps = [uncertain(1), uncertain(2), planStep(buildStep(3), 3)];
    await world.ledger.deliveries.plan(buildDelivery({ steps }), () => true);
    await world.ledger.deliveries.plan(
      buildDelivery({ id: 'd2', destinationId: 'c2', steps: [uncertain(1)] }),
      () => true,
    );
    await world.ledger.deliveries.plan(
      buildDelivery({ id: 'd3', destinationId: 'c3', state: 'done', closedAt: NOW, steps: [uncertain(1)] }),
      () => true,
    );

    expect(await world.ledger.counts()).toMatchObject({ openDeliveries: 2, uncertainSteps: 3 });
  });
});

describe('the counts of a ledger, on SQLite', () => {
  const world = useLedger(SQLITE);

  it('read no table whole', async () => {
    const database = new DatabaseSync(world.url.slice('sqlite://'.length));
    const plans = [
      'SELECT count(*) FROM destinations',
      `SELECT min(next_slot) FROM destinations WHERE paused_at IS NULL AND next_slot <= 5
        AND (trouble_kind IS NULL OR trouble_kind = 'blocked')`,
      `SELECT count(*), sum(length(document)) FROM deliveries WHERE state = 'open'`,
    ].map((query) =>
      database
        .prepare(`EXPLAIN QUERY PLAN ${query}`)
        .all()
        .map((row) => row['detail']),
    );
    database.close();

    for (const plan of plans.flat()) expect(plan).toMatch(/USING (COVERING )?INDEX/);
  });
});

describe('the time that writes take', () => {
  const world = useLedger(SQLITE);

  it('is told of each transaction that was committed', async () => {
    await world.ledger.close();
    const times: number[] = [];
    const clock = { now: () => NOW, monotonic: () => NOW, sleep: () => Promise.resolve() };
    const log = { error: () => undefined };
    const ledger = await openLedger({ url: world.url, clock, log, onWrite: (ms) => void times.push(ms) });
    times.length = 0;

    await ledger.destinations.change('c1', () => ({ destination: buildDestination({ id: 'c1' }) }));
    await ledger.deliveries.plan(buildDelivery(), () => true);
    const refused = ledger.destinations.change('c1', () => {
      throw new UserError('server-only', {});
    });
    await expect(refused).rejects.toThrow(UserError);
    await ledger.close();

    expect(times).toHaveLength(2);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(0);
  });
});
