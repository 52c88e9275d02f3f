import { chmodSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../errors.ts';
import { isPostgres, ledgerFile, type LedgerSummary, verifyLedger } from './ledger-file.ts';
import { flush, removeDatabase } from './sqlite-file.ts';

const BUSY_TIMEOUT_MS = 10_000;

/**
 * Copies an SQLite ledger as it is at one instant to a file that must not exist, and reads the copy through; a bot may be
 * running on it and go on writing meanwhile. Raises `StorageError`, and then there is no such file.
 */
export function backUpLedger(url: string, to: string): LedgerSummary {
  if (isPostgres(url)) {
    throw new StorageError(
      `This ledger is on PostgreSQL, which has its own backup: pg_dump --format=custom --file=${to} "$DATABASE_URL"`,
    );
  }
  const file = ledgerFile(url);
  const target = path.resolve(to);
  if (!existsSync(file)) throw new StorageError(`There is no ledger at ${file} to back up.`);
  if (existsSync(target)) throw new StorageError(`${target} exists already. Name a new file.`);
  const part = `${target}.part`;
  try {
    mkdirSync(path.dirname(target), { recursive: true });
    removeDatabase(part);
    copySnapshot(file, part);
    // As private as the ledger.
    chmodSync(part, statSync(file).mode);
    const summary = verifyLedger(part);
    flush(part);
    renameSync(part, target);
    return summary;
  } catch (error) {
    removeDatabase(part);
    if (error instanceof StorageError) throw error;
    throw new StorageError(`The ledger ${file} could not be copied to ${target}.`, error);
  }
}

/** One read transaction, which a writer does not disturb. https://www.sqlite.org/lang_vacuum.html#vacuuminto */
function copySnapshot(file: string, to: string): void {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.prepare('VACUUM INTO ?').run(to);
  } finally {
    database.close();
  }
}
