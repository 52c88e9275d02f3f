import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdPostgres } from '../../../../src/storage/ledger/database/postgres.ts';
import { moveLedger, placeOf } from '../../../../src/storage/ledger/move/move-ledger.ts';
import { type Ledger, openLedger } from '../../../../src/storage/ledger/open-ledger.ts';
import { createContentHash } from '../../../../src/storage/ledger/move/table-content.ts';
import { buildDelivery, buildDestination, ID } from './build-rows.ts';
import { dumpLedger, fillLedger } from './fill-ledger.ts';
import {
  hasPostgres,
  NOW,
  type Place,
  POSTGRES,
  requireDatabase,
  SQLITE,
  useLedger,
  lead,
} from './ledger-world.ts';

/** More than are copied at a time, and no multiple of it. */
const ROWS = 1_234;
const log = { error: () => undefined };
const clock = { now: () => NOW, monotonic: () => NOW, sleep: () => Promise.resolve() };

describe.each([
  { source: SQLITE, target: POSTGRES },
  { source: POSTGRES, target: SQLITE },
  { source: SQLITE, target: SQLITE },
])('moving a ledger from $source.name to $target.name', ({ source, target }) => {
  const world = useLedger(source);
  let place: Place | undefined;
  let reopened: Ledger | undefined;

  beforeEach(async (context) => {
    requireDatabase(target, context);
    place = await target.create();
  });
  afterEach(async () => {
    await reopened?.close().catch(() => undefined);
    reopened = undefined;
    await place?.remove();
    place = undefined;
  });

  const there = () => {
    if (place === undefined) throw new Error('there is no target yet');
    return place;
  };
  const move = () => moveLedger({ from: world.url, to: there().url, log });
  const isEmpty = async () =>
    target === SQLITE
      ? !existsSync(there().url.slice('sqlite://'.length))
      : (await dumpLedger(there(), target)).size === 0;

  it('brings every row of every table that there is', async () => {
    const tables = await fillLedger(world, source, ROWS);
    await world.ledger.close();
    const before = await dumpLedger(world, source);

    const moved = await move();

    expect(tables.length).toBeGreaterThan(8);
    expect(moved.map(({ table }) => table).toSorted()).toEqual(tables.toSorted());
    expect(moved.filter(({ rows }) => rows < ROWS)).toEqual([]);
    expect(await dumpLedger(there(), target)).toEqual(before);
    expect(await dumpLedger(world, source)).toEqual(before);
  });

  it('gives a ledger that the bot goes on with', async () => {
    const destination = buildDestination();
    await world.ledger.destinations.change(ID, () => ({ destination }));
    await world.ledger.deliveries.plan(buildDelivery(), () => true);
    await world.ledger.meta.set('commands', 'known');
    await world.ledger.close();

    await move();

    reopened = await openLedger({ url: there().url, clock, log });
    expect(await reopened.destinations.get(ID)).toEqual(destination);
    expect(await reopened.deliveries.openOf(ID)).toEqual(buildDelivery());
    expect(await reopened.meta.get('commands')).toBe('known');
  });

  it('waits for the bot to be stopped', async () => {
    await expect(move()).rejects.toThrow(/Another Paperboy is running/);

    expect(await isEmpty()).toBe(true);
  });

  it('leaves a target alone that is not empty, or in use', async () => {
    await world.ledger.close();
    reopened = await openLedger({ url: there().url, clock, log });
    await lead(reopened);
    await reopened.meta.set('mine', 'kept');

    await expect(move()).rejects.toThrow(/exists already|Another Paperboy is running/);
    await reopened.close();
    await expect(move()).rejects.toThrow(/exists already|is not empty/);

    reopened = await openLedger({ url: there().url, clock, log });
    expect(await reopened.meta.get('mine')).toBe('kept');
  });

  it('is refused for a ledger of a newer version', async () => {
    await world.run(`INSERT INTO kysely_migration VALUES ('999-later', '2030')`);
    await world.ledger.close();

    await expect(move()).rejects.toThrow(/newer version/);

    expect(await isEmpty()).toBe(true);
  });

  it('is refused where a table or a column is not known', async () => {
    await world.run('CREATE TABLE notes (id TEXT PRIMARY KEY)');
    await world.ledger.close();

    await expect(move()).rejects.toThrow(/other tables than this version of Paperboy: notes \(id\)/);

    expect(await isEmpty()).toBe(true);
  });
});

describe('moving a ledger', () => {
  const world = useLedger(SQLITE);
  let place: Place | undefined;

  afterEach(async () => {
    await place?.remove();
    place = undefined;
  });

  it.skipIf(!hasPostgres)('that PostgreSQL cannot take leaves nothing there', async () => {
    place = await POSTGRES.create();
    await fillLedger(world, SQLITE, 600);
    // SQLite takes words for a number.
    await world.run(`UPDATE follows SET until = 'soon' WHERE paper_id LIKE 'row 599 %'`);
    await world.ledger.close();

    await expect(moveLedger({ from: world.url, to: place.url, log })).rejects.toThrow(
      'A row of the table follows could not be moved. Nothing has changed.',
    );

    expect((await dumpLedger(place, POSTGRES)).size).toBe(0);
  });

  it.skipIf(!hasPostgres)('holds PostgreSQL in a way that no pooler keeps up afterwards', async () => {
    place = await POSTGRES.create();
    const holders = `SELECT state FROM pg_stat_activity JOIN pg_locks USING (pid)
      WHERE locktype = 'advisory' AND mode = 'ExclusiveLock' AND (classid, objid)
        = (SELECT hashtext('paperboy')::oid, hashtext(current_schema())::oid)`;

    const held = await holdPostgres(place.url, log);

    expect(await place.run(holders)).toEqual([{ state: 'idle in transaction' }]);
    await held.release();
    await expect.poll(() => place?.run(holders)).toEqual([]);
  });

  it('that is not there makes no file', async () => {
    const from = `${world.url}.missing`;
    const to = `${world.url}.copy`;
    const folder = path.dirname(to.slice('sqlite://'.length));
    const before = readdirSync(folder);

    await expect(moveLedger({ from, to, log })).rejects.toThrow(/missing: There is no ledger here/);

    expect(readdirSync(folder)).toEqual(before);
  });

  it('onto itself is refused', async () => {
    await world.ledger.close();

    await expect(moveLedger({ from: world.url, to: world.url, log })).rejects.toThrow(/are the same/);
  });

  it.each([
    'postgres://user:se#cret@host/papers',
    'postgres://us er:secret@ho st/papers',
    'mysql://u:secret@h/d',
  ])('to the address %j says how one looks, and no password', async (to) => {
    await world.ledger.close();

    const failure: unknown = await moveLedger({ from: world.url, to, log }).catch((error: unknown) => error);

    expect(String(failure)).toMatch(/address/);
    expect(String(failure)).not.toMatch(/cret/);
  });

  it('shows of an address where it is, and not who may go there', () => {
    expect(placeOf('postgres://someone:secret@db.example:5433/papers?password=secret')).toBe(
      'postgres://db.example:5433/papers',
    );
  });
});

describe('the hash of a table', () => {
  const columns = ['a', 'b'];
  const hashOf = (...rows: readonly Readonly<Record<string, unknown>>[]) => {
    const hash = createContentHash({ columns });
    hash.add(rows);
    return hash.hex();
  };
  const first = { a: 'one', b: 1 };
  const second = { a: 'two', b: null };

  it('does not depend on the order of rows', () => {
    expect(hashOf(first, second)).toBe(hashOf(second, first));
  });

  it.each([
    ['a row is missing', [first]],
    ['a row is there twice', [first, second, second]],
    [
      'values are swapped between rows',
      [
        { ...first, b: null },
        { ...second, b: 1 },
      ],
    ],
    ['values are swapped between columns', [{ a: 1, b: 'one' }, second]],
    ['a number became text', [{ ...first, b: '1' }, second]],
    ['nothing became empty text', [first, { ...second, b: '' }]],
  ])('differs where %s', (_what, rows) => {
    expect(hashOf(...rows)).not.toBe(hashOf(first, second));
  });
});
