import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StorageError } from '../../../src/errors.ts';
import { backUpState } from '../../../src/storage/back-up-state.ts';
import { openState, type State } from '../../../src/storage/open-state.ts';
import { restoreState } from '../../../src/storage/restore-state.ts';
import { buildDestination } from '../../support/build-destination.ts';

const NOW = Date.UTC(2026, 5, 8, 9, 30);

describe('a backup', () => {
  let folder: string;
  let file: string;
  let url: string;
  let backup: string;
  let state: State;

  const open = () =>
    openState({
      url,
      clock: { now: () => NOW, monotonic: () => NOW, sleep: () => Promise.resolve() },
      log: { error: () => undefined },
    });

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
    file = path.join(folder, 'paperboy.sqlite');
    url = `sqlite://${file}`;
    backup = path.join(folder, 'backups', 'one.sqlite');
    state = await open();
  });

  afterEach(async () => {
    await state.close().catch(() => undefined);
    rmSync(folder, { recursive: true });
  });

  const add = (id: string) => state.destinations.update(id, () => buildDestination({ id }));
  const ids = () =>
    state.destinations
      .list()
      .map(({ id }) => id)
      .toSorted((one, other) => one.localeCompare(other));

  async function restore(from = backup): Promise<ReturnType<typeof restoreState>> {
    await state.close().catch(() => undefined);
    return restoreState({ url, from, now: NOW });
  }

  it('of a state in use brings back what was there, and keeps what was there after it', async () => {
    await add('c1');
    expect(backUpState(url, backup)).toEqual({ destinations: 1 });
    await add('c2');

    const { before, destinations } = await restore();

    expect(destinations).toBe(1);
    expect(before).toBe(`${file}.before-restore-2026-06-08T09-30-00`);
    state = await open();
    expect(ids()).toEqual(['c1']);
    await restore(before);
    state = await open();
    expect(ids()).toEqual(['c1', 'c2']);
  });

  it('holds one instant, whatever is being written meanwhile', async () => {
    const writes = Array.from({ length: 30 }, (_, index) => add(`c${100 + index}`));
    await writes[0];

    backUpState(url, backup);
    await Promise.all(writes);

    await restore();
    state = await open();
    expect(ids().length).toBeGreaterThan(0);
    expect(ids()).toEqual(ids().map((_, index) => `c${100 + index}`));
  });

  it('is one file, with nothing left beside it', () => {
    backUpState(url, backup);

    expect(readdirSync(path.dirname(backup))).toEqual(['one.sqlite']);
  });

  it('never takes the place of a file', () => {
    backUpState(url, backup);
    const bytes = readFileSync(backup);

    expect(() => backUpState(url, backup)).toThrow(/exists already/);
    expect(() => backUpState(url, file)).toThrow(/exists already/);

    expect(readFileSync(backup)).toEqual(bytes);
  });

  it('is not made of a state that is not there', () => {
    const nowhere = path.join(folder, 'nowhere.sqlite');

    expect(() => backUpState(`sqlite://${nowhere}`, backup)).toThrow(/no state at/);

    expect(existsSync(nowhere)).toBe(false);
  });

  it('is not made of a broken state', async () => {
    await add('c1');
    await state.close();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xff, 4096, bytes.length));

    expect(() => backUpState(url, backup)).toThrow(StorageError);

    expect(readdirSync(path.dirname(backup))).toEqual([]);
  });

  it('is not restored while a bot runs on the state', async () => {
    backUpState(url, backup);
    await add('c1');

    expect(() => restoreState({ url, from: backup, now: NOW })).toThrow(/Another Paperboy is running/);

    await state.close();
    state = await open();
    expect(ids()).toEqual(['c1']);
  });

  it('is restored where there is no state, and in the place of a broken one', async () => {
    await add('c1');
    backUpState(url, backup);
    await state.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });

    expect(await restore()).toEqual({ destinations: 1 });
    writeFileSync(file, 'no database at all. '.repeat(500));
    const { before = '' } = await restore();

    expect(readFileSync(before, 'utf8')).toContain('no database at all');
    state = await open();
    expect(ids()).toEqual(['c1']);
  });

  describe('changes nothing when it', () => {
    beforeEach(async () => {
      await add('c1');
      backUpState(url, backup);
      await state.close();
    });

    function tamper(sql: string): void {
      const database = new DatabaseSync(backup);
      database.exec(sql);
      database.close();
    }

    it.each([
      ['is missing', () => rmSync(backup), /no backup at/],
      ['is no database', () => writeFileSync(backup, 'nonsense. '.repeat(500)), /one\.sqlite cannot be read/],
      ['is empty', () => writeFileSync(backup, ''), /no state of Paperboy/],
      ['is cut off', () => writeFileSync(backup, readFileSync(backup).subarray(0, 8192)), /one\.sqlite/],
      ['is of something else', () => tamper('DROP TABLE destinations'), /no state of Paperboy/],
      ['is of a newer version', () => tamper('PRAGMA user_version = 99'), /newer version/],
    ])('%s', async (_what, spoil, message) => {
      spoil();
      const listed = readdirSync(folder).toSorted();

      expect(() => restoreState({ url, from: backup, now: NOW })).toThrow(message);

      expect(readdirSync(folder).toSorted()).toEqual(listed);
      state = await open();
      expect(ids()).toEqual(['c1']);
    });
  });
});
