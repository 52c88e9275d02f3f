import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Instant } from '../calendar/zoned-time.ts';
import { StorageError } from '../errors.ts';
import { isPostgres, ledgerFile, lockLedger } from './ledger-file.ts';
import { moveDatabase, removeDatabase } from './sqlite-file.ts';
import { type LedgerSummary, verifyLedger } from './verify-ledger.ts';

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
 * Puts a backup in the place of an SQLite ledger, which it keeps beside. Raises `StorageError`, and then nothing has changed:
 * while a bot runs on it, and for a backup that is missing, broken or of a newer version.
 */
export function restoreLedger({ url, from, now }: RestoreOptions): Restored {
  if (isPostgres(url)) {
    throw new StorageError(
      `This ledger is on PostgreSQL, which has its own restore: pg_restore --clean --if-exists --dbname="$DATABASE_URL" ${from}`,
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
    const before = `${file}.before-restore-${stampOf(now)}`;
    const hadLedger = existsSync(file);
    if (hadLedger) moveDatabase(file, before);
    try {
      moveDatabase(copy, file);
    } catch (error) {
      if (hadLedger) moveDatabase(before, file);
      throw error;
    }
    return { ...summary, ...(hadLedger ? { before } : {}) };
  } catch (error) {
    if (error instanceof StorageError) throw error;
    throw new StorageError(`${source} could not be restored.`, error);
  } finally {
    removeDatabase(copy);
    unlock();
  }
}

/** The backup itself is never opened: SQLite may write beside, and even into, what it opens. */
function copyDatabase(source: string, copy: string): void {
  removeDatabase(copy);
  copyFileSync(source, copy);
  if (existsSync(`${source}-wal`)) copyFileSync(`${source}-wal`, `${copy}-wal`);
}

function verifyCopy(copy: string, source: string): LedgerSummary {
  try {
    return verifyLedger(copy);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    throw new StorageError(error.message.replace(copy, source), error.cause);
  }
}

function stampOf(now: Instant): string {
  return new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
}
