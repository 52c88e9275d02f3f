import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StorageError } from '../../../../src/errors.ts';
import { createSqliteDialect } from '../../../../src/storage/ledger/database/sqlite.ts';
import type { Tables } from '../../../../src/storage/ledger/database/tables.ts';
import { transact } from '../../../../src/storage/ledger/database/transact.ts';
import { buildDelivery, buildDestination, ID } from './build-rows.ts';
import { POSTGRES, useLedger } from './ledger-world.ts';

describe('a transaction on SQLite that breaks off', () => {
  let database: DatabaseSync;
  let db: Kysely<Tables>;

  beforeEach(() => {
    database = new DatabaseSync(':memory:');
    database.exec('CREATE TABLE things (id INTEGER PRIMARY KEY, text TEXT)');
    db = new Kysely<Tables>({ dialect: createSqliteDialect(database) });
  });

  afterEach(() => db.destroy());

  const add = (id: number, size = 1) =>
    transact(db, async (transaction) => {
      await sql`INSERT INTO things VALUES (${id}, ${'x'.repeat(size)})`.execute(transaction);
    });
  const ids = () =>
    database
      .prepare('SELECT id FROM things')
      .all()
      .map(({ id }) => id);

  it('on a full disk tells that it is full, and leaves nothing', async () => {
    await add(1);
    database.exec('PRAGMA max_page_count = 5');

    const failure: unknown = await add(2, 1_000_000).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(StorageError);
    expect(failure).toHaveProperty('cause.message', expect.stringContaining('full'));
    await add(3);
    expect(ids()).toEqual([1, 3]);
  });

  it('and cannot be rolled back is rolled back before the next', async () => {
    const prepare = database.prepare.bind(database);
    database.prepare = (text) => {
      if (text.startsWith('ROLLBACK')) throw new Error('the disk is gone');
      return prepare(text);
    };
    const first = new Error('the first');
    const failing = transact(db, async (transaction) => {
      await sql`INSERT INTO things VALUES (1, '')`.execute(transaction);
      throw first;
    });

    await expect(failing).rejects.toHaveProperty('cause', first);
    await add(2);

    expect(ids()).toEqual([2]);
  });

  it('and cannot be rolled back before the next either costs that one, and none after it', async () => {
    const prepare = database.prepare.bind(database);
    const exec = vi.spyOn(database, 'exec');
    database.prepare = (text) => {
      if (text.startsWith('ROLLBACK')) throw new Error('the disk is gone');
      return prepare(text);
    };
    const failing = transact(db, async (transaction) => {
      await sql`INSERT INTO things VALUES (1, '')`.execute(transaction);
      throw new Error('the first');
    });
    await expect(failing).rejects.toThrow(StorageError);

    exec.mockImplementation(() => {
      throw new Error('the disk is gone');
    });
    await expect(add(2)).rejects.toHaveProperty('cause.message', 'the disk is gone');
    await expect(sql`INSERT INTO things VALUES (3, '')`.execute(db)).rejects.toThrow('the disk is gone');
    exec.mockRestore();
    await add(4);

    expect(ids()).toEqual([4]);
  });
});

describe('a PostgreSQL that ends its connections', () => {
  const world = useLedger(POSTGRES);

  it('costs what was under way, tells why, and works again', async () => {
    await world.ledger.destinations.change(ID, () => ({ destination: buildDestination() }));
    await world.ledger.deliveries.plan(buildDelivery(), () => true);
    const other = new pg.Client({ connectionString: world.url });
    await other.connect();
    const { rows } = await other.query<{ readonly pid: number }>('SELECT pg_backend_pid() AS pid');
    await other.query(`BEGIN; SELECT * FROM destinations FOR UPDATE`);
    const change = world.ledger.destinations.change(ID, (present = buildDestination()) => ({
      destination: { ...present, max: 3 },
      giveUp: 'paused',
    }));
    const settled = Promise.allSettled([change]);

    // Asked until the change waits for the lock.
    const end = `SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE NOT granted AND ${rows[0]?.pid} = ANY (pg_blocking_pids(pid))`;
    while ((await world.run(end)).length === 0);
    const [result] = await settled;
    await other.end();

    expect(result).toMatchObject({
      status: 'rejected',
      reason: { name: 'StorageError', cause: { code: '57P01' } },
    });
    expect(await world.ledger.destinations.get(ID)).toEqual(buildDestination());
    expect(await world.ledger.deliveries.openOf(ID)).toEqual(buildDelivery());
  });
});
