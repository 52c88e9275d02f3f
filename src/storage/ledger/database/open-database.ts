import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Dialect } from 'kysely';
import { StorageError } from '../../../errors.ts';
import { createBusyRetry } from '../../busy-retry.ts';
import { checkFile } from '../../check-file.ts';
import { isPostgres, ledgerFile } from '../../ledger-address.ts';
import { lockFile } from '../../lock-file.ts';
import { createPostgresDialect } from './postgres-dialect.ts';
import { lockPostgres } from './postgres-lock.ts';
import type { LedgerLog } from '../row-log.ts';
import { createSqliteDialect } from './sqlite-dialect.ts';

/** A database that this process alone writes to. */
export interface HeldDatabase {
  readonly dialect: Dialect;
  /** Lets another process have it; to be called when the connections are closed. */
  release(): Promise<void>;
}

/** Raises `StorageError` when another process has it, or when it is broken. */
export function openDatabase(url: string, log: LedgerLog): Promise<HeldDatabase> {
  return isPostgres(url) ? openPostgres(url, log) : openSqlite(ledgerFile(url));
}

async function openPostgres(url: string, log: LedgerLog): Promise<HeldDatabase> {
  const release = await lockPostgres(url, log);
  return { dialect: await createPostgresDialect(url, log), release };
}

async function openSqlite(file: string): Promise<HeldDatabase> {
  makeFolder(file);
  const unlock = lockFile(`${file}.lock`);
  try {
    await checkFile(file);
    const dialect = createSqliteDialect(await connect(file));
    return { dialect, release: async () => unlock() };
  } catch (error) {
    unlock();
    throw error;
  }
}

async function connect(file: string): Promise<DatabaseSync> {
  let database: DatabaseSync | undefined;
  try {
    const opened = new DatabaseSync(file, { timeout: 0 });
    database = opened;
    // With FULL a write is on disk when it is told of. https://www.sqlite.org/pragma.html#pragma_synchronous
    await createBusyRetry()(() => opened.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL'));
    return opened;
  } catch (error) {
    database?.close();
    throw new StorageError(`The ledger ${file} could not be opened.`, error);
  }
}

function makeFolder(file: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
  } catch (error) {
    throw new StorageError(`The folder of the ledger ${file} could not be made.`, error);
  }
}
