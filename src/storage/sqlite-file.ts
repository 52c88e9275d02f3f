import { chownSync, closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const NAMES = new Map([
  [5, 'busy'],
  [11, 'corrupt'],
  [26, 'not-a-database'],
] as const);
/** How long another program may hold a database. */
const PATIENCE_MS = 10_000;
const RETRY_MS = 20;
/** A database, and what SQLite keeps beside it while it is open or after a crash. https://www.sqlite.org/tempfiles.html */
export const SUFFIXES = ['', '-wal', '-shm', '-journal'];

export type SqliteResult = 'busy' | 'corrupt' | 'not-a-database' | 'other';

/**
 * What SQLite said went wrong; the low byte of an extended code is the primary one.
 * https://www.sqlite.org/rescode.html
 */
export function sqliteResult(error: unknown): SqliteResult {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return 'other';
  const code = error.errcode & 0xff;
  for (const [known, name] of NAMES) if (known === code) return name;
  return 'other';
}

/**
 * Runs SQLite's calls again while another program holds the database, and lets other work go on meanwhile, which
 * SQLite's own waiting does not. Whoever waits behind others does not wait as long again: once the time is over, each
 * call is tried once, until one gets through.
 */
export function createBusyRetry(patienceMs = PATIENCE_MS): <T>(call: () => T | Promise<T>) => Promise<T> {
  let heldSince: number | undefined;
  return async (call) => {
    for (;;) {
      try {
        const result = await call();
        heldSince = undefined;
        return result;
      } catch (error) {
        if (sqliteResult(error) !== 'busy') throw error;
        heldSince ??= performance.now();
        if (performance.now() - heldSince > patienceMs) throw error;
      }
      await sleep(RETRY_MS);
    }
  };
}

/** Moves a database that nobody has open, over one that may be there. */
export function moveDatabase(from: string, to: string): void {
  for (const suffix of SUFFIXES) {
    if (existsSync(from + suffix)) renameSync(from + suffix, to + suffix);
    else rmSync(to + suffix, { force: true });
  }
}

export function removeDatabase(file: string): void {
  for (const suffix of SUFFIXES) rmSync(file + suffix, { force: true });
}

/** What was written to a file is on disk afterwards. */
export function flush(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** As root, gives a file the owner of `like`: a bot that runs as somebody else could not open root's. */
export function giveToOwnerOf(like: string, file: string): void {
  if (process.getuid?.() !== 0) return;
  try {
    const { uid, gid } = statSync(like);
    chownSync(file, uid, gid);
  } catch {
    // Not every file system knows owners, and not every root may change them.
  }
}
