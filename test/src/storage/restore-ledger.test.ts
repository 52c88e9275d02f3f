import fs, { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { backUpLedger } from '../../../src/storage/back-up-ledger.ts';
import { type Ledger, openLedger } from '../../../src/storage/ledger/open-ledger.ts';
import { restoreLedger } from '../../../src/storage/restore-ledger.ts';
import { buildDestination, GUILD } from './ledger/build-rows.ts';

const NOW = Date.UTC(2026, 5, 8, 9, 30);

/** The ledger has c1 and c2, the latter in its log alone, as after a crash; the backup has c1. */
describe('a restore', () => {
  let root: string;
  let crashed: string;
  let folder: string;
  let file: string;
  let url: string;
  let backup: string;

  beforeEach(async () => {
    root = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
    const running = path.join(root, 'running');
    crashed = path.join(root, 'crashed');
    const ledger = await open(path.join(running, 'paperboy.sqlite'));
    backup = path.join(root, 'backup.sqlite');
    await add(ledger, 'c1');
    backUpLedger(`sqlite://${path.join(running, 'paperboy.sqlite')}`, backup);
    await add(ledger, 'c2');
    cpSync(running, crashed, { recursive: true });
    await ledger.close();
    reset();
  });

  afterEach(() => {
    revive();
    rmSync(root, { recursive: true });
  });

  function reset(): void {
    folder = mkdtempSync(path.join(root, 'case-'));
    file = path.join(folder, 'paperboy.sqlite');
    url = `sqlite://${file}`;
    cpSync(crashed, folder, { recursive: true });
  }

  const open = (at: string) =>
    openLedger({
      url: `sqlite://${at}`,
      clock: { now: () => NOW, monotonic: () => NOW, sleep: () => Promise.resolve() },
      log: { error: () => undefined },
    });
  const add = (ledger: Ledger, id: string) =>
    ledger.destinations.change(id, () => ({ destination: buildDestination({ id }) }));

  async function read(at = file): Promise<readonly string[]> {
    const ledger = await open(at);
    const found = (await ledger.destinations.ofGuild(GUILD)).map(({ id }) => id);
    await ledger.close();
    return found.toSorted((one, other) => one.localeCompare(other));
  }

  /** The change to the disk of that number fails, or each from it on, as of a process that is dead. */
  function fail(at: number, how: 'once' | 'for good'): () => boolean {
    let done = 0;
    const change = () => {
      done += 1;
      if (done === at || (how === 'for good' && done > at)) throw new Error('EIO: the disk is gone');
    };
    const { linkSync, copyFileSync, renameSync, rmSync: remove, openSync } = fs;
    vi.spyOn(fs, 'linkSync').mockImplementation((...given) => [change(), linkSync(...given)]);
    vi.spyOn(fs, 'copyFileSync').mockImplementation((...given) => [change(), copyFileSync(...given)]);
    vi.spyOn(fs, 'renameSync').mockImplementation((...given) => [change(), renameSync(...given)]);
    vi.spyOn(fs, 'rmSync').mockImplementation((...given) => [change(), remove(...given)]);
    vi.spyOn(fs, 'openSync').mockImplementation((...given) => {
      change();
      return openSync(...given);
    });
    syncBuiltinESMExports();
    return () => done >= at;
  }

  function revive(): void {
    vi.restoreAllMocks();
    syncBuiltinESMExports();
  }

  function restore(from = backup): string {
    try {
      restoreLedger({ url, from, now: NOW });
      return 'restored';
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  }

  it.each([
    ['once', /the disk is gone\. The ledger is as it was/],
    ['for good', /the disk is gone\. (?:The ledger is as it was|Run npm run restore again before)/],
  ] as const)(
    'whose moves fail %s at any point leaves the old ledger whole, or the new one',
    async (how, says) => {
      const found: string[] = [];
      for (let at = 1, hasFailed = true; hasFailed; at += 1) {
        reset();
        const failed = fail(at, how);
        const said = restore();
        hasFailed = failed();
        revive();

        const ids = (await read()).join();
        found.push(ids);
        expect(['c1', 'c1,c2'], `after deed ${at}: ${said}`).toContain(ids);
        expect(said, `deed ${at}`).toMatch(ids === 'c1' ? /^restored$/ : says);
        expect(restore(), `again after deed ${at}`).toBe('restored');
        expect(await read()).toEqual(['c1']);
      }
      expect(new Set(found)).toEqual(new Set(['c1', 'c1,c2']));
    },
  );

  it.each(['once', 'for good'] as const)(
    'in the place of a broken ledger whose moves fail %s keeps that, and can be made again',
    async (how) => {
      const nonsense = 'no database at all. '.repeat(500);
      for (let at = 1, hasFailed = true; hasFailed; at += 1) {
        reset();
        writeFileSync(file, nonsense);
        rmSync(`${file}-wal`);
        const failed = fail(at, how);
        const said = restore();
        hasFailed = failed();
        revive();

        const start = await read().then(String, String);
        expect(start, `after deed ${at}`).toMatch(said === 'restored' ? /^c1$/ : /npm run restore/);
        if (said !== 'restored') restore();
        expect(await read()).toEqual(['c1']);
        const kept = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
        expect(kept).toEqual(expect.arrayContaining([nonsense]));
      }
    },
  );

  it('keeps what was there where the file system has no second names', async () => {
    vi.spyOn(fs, 'linkSync').mockImplementation(() => {
      throw new Error('EPERM: operation not permitted');
    });
    syncBuiltinESMExports();

    const { before = '' } = restoreLedger({ url, from: backup, now: NOW });
    revive();

    expect(await read()).toEqual(['c1']);
    expect(await read(before)).toEqual(['c1', 'c2']);
  });

  it('keeps each ledger that was there, also of two restores within a second', async () => {
    const first = restoreLedger({ url, from: backup, now: NOW });
    const second = restoreLedger({ url, from: first.before ?? '', now: NOW });

    expect(await read()).toEqual(['c1', 'c2']);
    expect(await read(first.before)).toEqual(['c1', 'c2']);
    expect(await read(second.before)).toEqual(['c1']);
  });

  it('lets nobody read more than before, whoever could read the backup', () => {
    fs.chmodSync(file, 0o600);
    backUpLedger(url, path.join(root, 'private.sqlite'));
    fs.chmodSync(backup, 0o644);

    restoreLedger({ url, from: backup, now: NOW });

    const modeOf = (at: string) => fs.statSync(at).mode & 0o777;
    expect(modeOf(file)).toBe(0o600);
    expect(modeOf(path.join(root, 'private.sqlite'))).toBe(0o600);
  });

  it.skipIf(process.getuid?.() !== 0)('by root is for whoever the bot runs as', () => {
    const nobody = 65_534;
    const made = path.join(folder, 'new.sqlite');
    fs.chownSync(folder, nobody, nobody);
    fs.chownSync(file, nobody, nobody);

    restoreLedger({ url, from: backup, now: NOW });
    restoreLedger({ url: `sqlite://${made}`, from: backup, now: NOW });

    const ownerOf = (at: string) => fs.statSync(at).uid;
    expect([file, made, `${made}.lock`].map(ownerOf)).toEqual([nobody, nobody, nobody]);
  });
});
