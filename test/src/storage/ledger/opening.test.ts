import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { buildDestination, ID } from './build-rows.ts';
import { DATABASES, SQLITE, useLedger } from './ledger-world.ts';

describe.each(DATABASES)('the opening of a ledger, on $name', (database) => {
  const world = useLedger(database);

  it('refuses one of a newer version, and changes nothing', async () => {
    await world.run(`INSERT INTO kysely_migration (name, timestamp) VALUES ('999-later', '2030-01-01')`);
    await world.ledger.close();

    await expect(world.open()).rejects.toThrow(/newer version/);

    await world.run(`DELETE FROM kysely_migration WHERE name = '999-later'`);
    await world.open();
  });

  it('refuses tables that are none of its own', async () => {
    await world.ledger.close();
    await world.run('DROP TABLE kysely_migration');
    const columns = await world.run('SELECT * FROM destinations');

    await expect(world.open()).rejects.toThrow(/no ledger of this version.*DATABASE_URL/s);

    expect(await world.run('SELECT * FROM destinations')).toEqual(columns);
  });
});

describe('the opening of an SQLite ledger', () => {
  const world = useLedger(SQLITE);
  const file = () => world.url.slice('sqlite://'.length);

  it('refuses one that another Paperboy runs on', async () => {
    await expect(world.open()).rejects.toThrow(/Another Paperboy is running/);
  });

  it.each([
    ['is removed', () => rmSync(file())],
    [
      'is replaced by a copy',
      () => {
        cpSync(file(), `${file()}-copy`);
        renameSync(`${file()}-copy`, file());
      },
    ],
  ])('is told of a file that %s while it is open', async (_what, lose) => {
    await world.ledger.destinations.change(ID, () => ({ destination: buildDestination() }));
    expect(world.ledger.isInPlace()).toBe(true);

    lose();

    expect(world.ledger.isInPlace()).toBe(false);
  });

  it('refuses the layout of before', async () => {
    await world.ledger.close();
    const old = `${file()}-old`;
    const database = new DatabaseSync(old);
    database.exec('CREATE TABLE sent_marks (namespace TEXT, key TEXT, value TEXT)');
    database.close();
    writeFileSync(file(), readFileSync(old));

    await expect(world.open()).rejects.toThrow(/no ledger of this version/);

    expect(readFileSync(file()).includes('CREATE TABLE destinations')).toBe(false);
  });

  it.each([
    ['is no database', (bytes: Buffer) => Buffer.from('no database at all. '.repeat(bytes.length / 20))],
    ['is broken', (bytes: Buffer) => bytes.fill(0xff, 4096)],
  ])('refuses a file that %s, leaves it as it is and says what to do', async (_what, spoil) => {
    await world.ledger.destinations.change(ID, () => ({ destination: buildDestination() }));
    await world.ledger.close();
    const spoilt = spoil(readFileSync(file()));
    writeFileSync(file(), spoilt);

    await expect(world.open()).rejects.toThrow(/left untouched.*npm run restore/);

    expect(readFileSync(file())).toEqual(spoilt);
    expect(existsSync(`${file()}-wal`), 'a connection is left open').toBe(false);
  });

  it('finds what was written, and nothing of what was not committed', async () => {
    await world.ledger.destinations.change(ID, () => ({ destination: buildDestination() }));
    const database = new DatabaseSync(file());
    database.exec(`BEGIN IMMEDIATE; UPDATE destinations SET document = ''`);
    database.close();

    await world.reopen();

    expect(await world.ledger.destinations.get(ID)).toEqual(buildDestination());
  });

  it.each(['sqlite://', 'mysql://host/papers', 'data/paperboy.sqlite'])(
    'refuses the address %j',
    async (url) => {
      const { openLedger } = await import('../../../../src/storage/ledger/open-ledger.ts');
      const clock = { now: () => 0, monotonic: () => 0, sleep: () => Promise.resolve() };

      const opening = openLedger({ url, clock, log: { error: () => undefined } });

      await expect(opening).rejects.toThrow(/needs an address such as sqlite/);
    },
  );
});
