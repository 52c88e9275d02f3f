import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../calendar/zoned-time.ts';
import { StorageError } from '../errors.ts';
import { isPostgres, ledgerFile, type LedgerSummary, lockLedger, verifyLedger } from './ledger-file.ts';
import { flush, giveToOwnerOf, removeDatabase, sqliteResult, SUFFIXES } from './sqlite-file.ts';

export interface Restored extends LedgerSummary {
  /** Where the ledger that was there before is kept; undefined when there was none. */
  readonly before?: string;
}

export interface RestoreOptions {
  /** `sqlite://` and a path. */
  readonly url: string;
  readonly from: string;
  readonly now: Instant;
}

/**
 * Puts a backup in the place of an SQLite ledger, which it keeps beside. Raises `StorageError`, and then the ledger is as
 * it was unless the message says otherwise: while a bot runs on it, for a backup that is missing, broken or of a newer
 * version, and where a file cannot be moved.
 */
export function restoreLedger({ url, from, now }: RestoreOptions): Restored {
  if (isPostgres(url)) {
    throw new StorageError(
      `This ledger is on PostgreSQL, which has its own restore: make an empty database, run pg_restore --single-transaction --dbname=ADDRESS ${from}, and name that database in DATABASE_URL.`,
    );
  }
  const file = ledgerFile(url);
  const source = path.resolve(from);
  if (!existsSync(source)) throw new StorageError(`There is no backup at ${source}.`);
  if (source === file) throw new StorageError(`${source} is the ledger itself. Name a backup.`);
  mkdirSync(path.dirname(file), { recursive: true });
  const unlock = lockLedger(file);
  const copy = `${file}.restoring`;
  try {
    copyDatabase(source, copy);
    const summary = verifyCopy(copy, source);
    foldLog(copy);
    flush(copy);
    allowAsBefore(file, copy);
    const before = existsSync(file) ? freeName(`${file}.before-restore-${stampOf(now)}`) : undefined;
    replaceLedger(file, { copy, before });
    return { ...summary, ...(before === undefined ? {} : { before }) };
  } catch (error) {
    quietly(() => removeDatabase(copy));
    if (error instanceof StorageError) throw error;
    throw new StorageError(
      `${source} could not be restored: ${reasonOf(error)}. The ledger is as it was.`,
      error,
    );
  } finally {
    unlock();
  }
}

/** The backup itself is never opened: SQLite may write beside, and even into, what it opens. */
function copyDatabase(source: string, copy: string): void {
  removeDatabase(copy);
  copyFileSync(source, copy);
  for (const log of ['-wal', '-journal']) {
    if (existsSync(source + log)) copyFileSync(source + log, copy + log);
  }
}

/** The backup may have been readable by more people, or belong to root. */
function allowAsBefore(file: string, copy: string): void {
  const isThere = existsSync(file);
  if (isThere) chmodSync(copy, statSync(file).mode);
  giveToOwnerOf(isThere ? file : path.dirname(file), copy);
}

function verifyCopy(copy: string, source: string): LedgerSummary {
  try {
    return verifyLedger(copy);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    throw new StorageError(error.message.replace(copy, source), error.cause);
  }
}

/**
 * One rename puts the new ledger in the place of the old one, so that a process that is killed leaves one or the other.
 * SQLite would take the old ledger's log for the new one's. So the log is first written into the old ledger, and moved
 * away where that ledger is broken.
 */
function replaceLedger(
  file: string,
  { copy, before }: { readonly copy: string; readonly before: string | undefined },
): void {
  if (before === undefined) {
    removeDatabase(file);
    renameSync(copy, file);
    return;
  }
  foldUnlessBroken(file);
  try {
    keepBeside(file, before);
    moveLogs(file, before);
    renameSync(copy, file);
  } catch (error) {
    takeBack(file, before, error);
    throw error;
  }
}

/** Under a second name for as long as it is in use; as a copy where the file system has no such names. */
function keepBeside(file: string, before: string): void {
  try {
    linkSync(file, before);
  } catch {
    copyFileSync(file, before, constants.COPYFILE_EXCL);
  }
}

function moveLogs(from: string, to: string): void {
  for (const suffix of SUFFIXES) {
    if (suffix !== '' && existsSync(from + suffix)) renameSync(from + suffix, to + suffix);
  }
}

function takeBack(file: string, before: string, error: unknown): void {
  try {
    moveLogs(before, file);
    rmSync(before, { force: true });
  } catch {
    throw new StorageError(
      `The backup could not be restored: ${reasonOf(error)}. Run npm run restore again before you start the bot. What was there is kept as ${before}.`,
      error,
    );
  }
}

/** Writes what stands in the log of a database, or in its journal after a crash, to the database itself. */
function foldLog(file: string): void {
  const database = new DatabaseSync(file);
  try {
    // Whoever reads first takes back what a journal has.
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    const result = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
    if (result?.['busy'] !== 0) throw new StorageError(`${file} is held by another program. Close it first.`);
  } finally {
    database.close();
  }
}

function foldUnlessBroken(file: string): void {
  try {
    foldLog(file);
  } catch (error) {
    const result = sqliteResult(error);
    if (result !== 'corrupt' && result !== 'not-a-database') throw error;
  }
}

function freeName(wanted: string): string {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? wanted : `${wanted}-${n}`;
    if (!existsSync(name)) return name;
  }
}

function quietly(tidy: () => void): void {
  try {
    tidy();
  } catch {
    // What is left is removed by the next restore.
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function stampOf(now: Instant): string {
  return new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
}
