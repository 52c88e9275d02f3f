import fs, { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StorageError } from '../../../src/errors.ts';
import { backUpLedger } from '../../../src/storage/back-up-ledger.ts';
import { type Ledger, openLedger } from '../../../src/storage/ledger/open-ledger.ts';
import { restoreLedger } from '../../../src/storage/restore-ledger.ts';
import { buildDestination, GUILD } from './ledger/build-rows.ts';

const NOW = Date.UTC(2026, 5, 8, 9, 30);

describe('a backup', () => {
  let folder: string;
  let file: string;
  let url: string;
  let backup: string;
  let ledger: Ledger;

  const open = () =>
    openLedger({
      url,
      clock: { now: () => NOW, monotonic: () => NOW, sleep: () => Promise.resolve() },
      log: { error: () => undefined },
    });

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
    file = path.join(folder, 'paperboy.sqlite');
    url = `sqlite://${file}`;
    backup = path.join(folder, 'backups', 'one.sqlite');
    ledger = await open();
  });

  afterEach(async () => {
    await ledger.close().catch(() => undefined);
    rmSync(folder, { recursive: true });
  });

  const add = (id: string) =>
    ledger.destinations.change(id, () => ({ destination: buildDestination({ id }) }));
  const ids = async () =>
    (await ledger.destinations.ofGuild(GUILD))
      .map(({ id }) => id)
      .toSorted((one, other) => one.localeCompare(other));

  async function restore(from = backup): Promise<ReturnType<typeof restoreLedger>> {
    await ledger.close().catch(() => undefined);
    return restoreLedger({ url, from, now: NOW });
  }

  it('of a ledger in use brings back what was there, and keeps what was there after it', async () => {
    await add('c1');
    expect(backUpLedger(url, backup)).toEqual({ destinations: 1 });
    await add('c2');

    const { before, destinations } = await restore();

    expect(destinations).toBe(1);
    expect(before).toBe(`${file}.before-restore-2026-06-08T09-30-00`);
    ledger = await open();
    expect(await ids()).toEqual(['c1']);
    await restore(before);
    ledger = await open();
    expect(await ids()).toEqual(['c1', 'c2']);
  });

  it('holds one instant, whatever is being written meanwhile', async () => {
    const writes = Array.from({ length: 30 }, (_, index) => add(`c${100 + index}`));
    await writes[0];

    backUpLedger(url, backup);
    await Promise.all(writes);

    await restore();
    ledger = await open();
    expect((await ids()).length).toBeGreaterThan(0);
    const found = await ids();
    expect(found).toEqual(found.map((_, index) => `c${100 + index}`));
  });

  it('is one file, with nothing left beside it', () => {
    backUpLedger(url, backup);

    expect(readdirSync(path.dirname(backup))).toEqual(['one.sqlite']);
  });

  it('never takes the place of a file', () => {
    backUpLedger(url, backup);
    const bytes = readFileSync(backup);

    expect(() => backUpLedger(url, backup)).toThrow(/exists already/);
    expect(() => backUpLedger(url, file)).toThrow(/exists already/);

    expect(readFileSync(backup)).toEqual(bytes);
  });

  it('is not made of a ledger that is not there', () => {
    const nowhere = path.join(folder, 'nowhere.sqlite');

    expect(() => backUpLedger(`sqlite://${nowhere}`, backup)).toThrow(/no ledger at/);

    expect(existsSync(nowhere)).toBe(false);
  });

  it('is not made of a broken ledger', async () => {
    await add('c1');
    await ledger.close();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xff, 4096, bytes.length));

    expect(() => backUpLedger(url, backup)).toThrow(StorageError);

    expect(readdirSync(path.dirname(backup))).toEqual([]);
  });

  it('is not restored while a bot runs on the ledger', async () => {
    backUpLedger(url, backup);
    await add('c1');

    expect(() => restoreLedger({ url, from: backup, now: NOW })).toThrow(/Another Paperboy is running/);

    await ledger.close();
    ledger = await open();
    expect(await ids()).toEqual(['c1']);
  });

  it('is restored where there is no ledger, and in the place of a broken one', async () => {
    await add('c1');
    backUpLedger(url, backup);
    await ledger.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });

    expect(await restore()).toEqual({ destinations: 1 });
    writeFileSync(file, 'no database at all. '.repeat(500));
    const { before = '' } = await restore();

    expect(readFileSync(before, 'utf8')).toContain('no database at all');
    ledger = await open();
    expect(await ids()).toEqual(['c1']);
  });

  describe('changes nothing when it', () => {
    beforeEach(async () => {
      await add('c1');
      backUpLedger(url, backup);
      await ledger.close();
    });

    function tamper(sql: string): void {
      const database = new DatabaseSync(backup);
      database.exec(sql);
      database.close();
    }

    it.each([
      ['is missing', () => rmSync(backup), /no backup at/],
      ['is no database', () => writeFileSync(backup, 'nonsense. '.repeat(500)), /one\.sqlite cannot be read/],
      ['is empty', () => writeFileSync(backup, ''), /no ledger of Paperboy/],
      ['is cut off', () => writeFileSync(backup, readFileSync(backup).subarray(0, 8192)), /one\.sqlite/],
      ['is of something else', () => tamper('DROP TABLE records'), /no ledger of Paperboy/],
      [
        'is of a newer version',
        () => tamper(`INSERT INTO kysely_migration VALUES ('999-later', '2030')`),
        /newer version/,
      ],
    ])('%s', async (_what, spoil, message) => {
      spoil();
      const listed = readdirSync(folder).toSorted();

      expect(() => restoreLedger({ url, from: backup, now: NOW })).toThrow(message);

      expect(readdirSync(folder).toSorted()).toEqual(listed);
      ledger = await open();
      expect(await ids()).toEqual(['c1']);
    });

    it('cannot be moved to its place', async () => {
      const rename = fs.renameSync;
      const moving = vi.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
        if (String(from).endsWith('.restoring')) throw new Error('the disk is gone');
        rename(from, to);
      });
      syncBuiltinESMExports();
      const listed = readdirSync(folder).toSorted();

      expect(() => restoreLedger({ url, from: backup, now: NOW })).toThrow('could not be restored');
      moving.mockRestore();
      syncBuiltinESMExports();

      expect(readdirSync(folder).toSorted()).toEqual(listed);
      ledger = await open();
      expect(await ids()).toEqual(['c1']);
    });
  });

  it('of a ledger on PostgreSQL is made and restored by PostgreSQL itself', () => {
    const address = 'postgres://host/papers';

    expect(() => backUpLedger(address, backup)).toThrow(/pg_dump/);
    expect(() => restoreLedger({ url: address, from: backup, now: NOW })).toThrow(/pg_restore/);
  });
});
