import { existsSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../errors.ts';
import { MIGRATIONS, newerVersion } from './ledger/database/tables.ts';
import { createBusyRetry, giveToOwnerOf, sqliteResult } from './sqlite-file.ts';

const SCHEME = 'sqlite://';

export function isPostgres(url: string): boolean {
  return /^postgres(ql)?:\/\//.test(url);
}

/** The path in the address of an SQLite ledger, absolute. */
export function ledgerFile(url: string): string {
  if (!url.startsWith(SCHEME) || url.length === SCHEME.length) {
    throw new StorageError(`The ledger needs an address such as ${SCHEME}data/paperboy.sqlite.`);
  }
  return path.resolve(url.slice(SCHEME.length));
}

/**
 * Holds the ledger in `file` for as long as the process lives; the system lets go of it when the process ends, however
 * it ends. Raises `StorageError` when another process holds it, or when it cannot be held at all.
 */
export function lockLedger(file: string): () => void {
  const lock = `${file}.lock`;
  let database: DatabaseSync | undefined;
  try {
    const held = new DatabaseSync(lock);
    database = held;
    giveToOwnerOf(path.dirname(lock), lock);
    held.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
    return () => held.close();
  } catch (error) {
    database?.close();
    const reason =
      sqliteResult(error) === 'busy'
        ? `Another Paperboy is running on this ledger (${lock} is held). Stop it first.`
        : `The lock of the ledger, ${lock}, could not be taken.`;
    throw new StorageError(reason, error);
  }
}

/**
 * Raises `StorageError` for a file that is broken, held by another program for longer than `patienceMs`, or out of
 * reach. A broken file is left as it is: what people made is in it.
 */
export async function checkFile(file: string, patienceMs?: number): Promise<void> {
  if (!existsSync(file)) return;
  let problem: unknown;
  try {
    problem = await createBusyRetry(patienceMs)(() => findProblem(file));
  } catch (error) {
    const result = sqliteResult(error);
    if (result === 'busy') {
      throw new StorageError(
        `The ledger ${file} is held by another program. Close that program first.`,
        error,
      );
    }
    if (result === 'other') throw new StorageError(`The ledger ${file} could not be opened.`, error);
    problem = error;
  }
  if (problem === 'ok') return;
  throw new StorageError(
    `The ledger ${file} cannot be read. It was left untouched. Put a backup in its place: npm run restore -- FILE`,
    problem,
  );
}

/** `ok`, or what is broken first. https://www.sqlite.org/pragma.html#pragma_quick_check */
function findProblem(file: string): unknown {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    return database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  } finally {
    database.close();
  }
}

export interface LedgerSummary {
  readonly destinations: number;
}

const TABLES = [
  'kysely_migration',
  'destinations',
  'deliveries',
  'posts',
  'records',
  'follows',
  'saves',
  'key_values',
];

/** Reads all of an SQLite ledger that nobody has open. Raises `StorageError` unless it is sound, and of no newer version. */
export function verifyLedger(file: string): LedgerSummary {
  let database: DatabaseSync | undefined;
  try {
    const opened = new DatabaseSync(file);
    database = opened;
    const column = (sql: string, name: string) =>
      opened
        .prepare(sql)
        .all()
        .map((row) => row[name]);
    const [problem] = column('PRAGMA integrity_check(1)', 'integrity_check');
    if (problem !== 'ok') throw new StorageError(`${file} is broken: ${String(problem)}`);
    const tables = column(`SELECT name FROM sqlite_schema WHERE type = 'table'`, 'name');
    if (!TABLES.every((table) => tables.includes(table))) {
      throw new StorageError(`${file} is no ledger of Paperboy.`);
    }
    const migrations = column('SELECT name FROM kysely_migration', 'name');
    if (!migrations.every((name) => Object.keys(MIGRATIONS).includes(String(name)))) throw newerVersion(file);
    return { destinations: column('SELECT id FROM destinations', 'id').length };
  } catch (error) {
    if (error instanceof StorageError) throw error;
    throw new StorageError(`${file} cannot be read.`, error);
  } finally {
    database?.close();
  }
}
