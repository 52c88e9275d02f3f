import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
} from 'kysely';
import { StorageError } from '../../../errors.ts';
import { checkFile, lockLedger } from '../../ledger-file.ts';
import { createBusyRetry } from '../../sqlite-file.ts';

/** A database that this process alone writes to. */
export interface HeldDatabase {
  readonly dialect: Dialect;
  /** Lets another process have it; to be called when the connections are closed. */
  release(): Promise<void>;
  /** See `Ledger`. */
  isInPlace?(): boolean;
}

/** Raises `StorageError` when another process has it, or when it is broken. */
export async function openSqlite(file: string): Promise<HeldDatabase> {
  makeFolder(file);
  const unlock = lockLedger(file);
  try {
    await checkFile(file);
    const dialect = createSqliteDialect(await connect(file));
    const inode = inodeOf(file);
    return { dialect, release: async () => unlock(), isInPlace: () => inodeOf(file) === inode };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Undefined where the path leads nowhere. */
function inodeOf(file: string): number | undefined {
  try {
    return statSync(file).ino;
  } catch {
    return undefined;
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

/** Preparing a statement again each time takes a quarter of a write. */
const STATEMENTS = 200;

/** Kysely on one connection of `node:sqlite`, which it closes. */
export function createSqliteDialect(database: DatabaseSync): Dialect {
  return {
    // SQLite has it; without it a crash in the middle of a migration leaves half of it.
    createAdapter: () =>
      Object.defineProperty(new SqliteAdapter(), 'supportsTransactionalDdl', { value: true }),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createDriver: () => createDriver(database),
  };
}

function createDriver(database: DatabaseSync): Driver {
  const driver = new SqliteDriver({ database: adapt(database) });
  let connection: DatabaseConnection | undefined;
  const run = async (on: DatabaseConnection, text: string) => {
    await on.executeQuery(CompiledQuery.raw(text));
  };
  return {
    init: () => driver.init(),
    async acquireConnection() {
      // SQLite answers at once: without this a thousand writes in a row would let nothing else have its turn.
      await nextTurn();
      const acquired = (connection ??= waitWhileBusy(await driver.acquireConnection()));
      try {
        // What a failed rollback left.
        if (database.isTransaction) database.exec('ROLLBACK');
      } catch (error) {
        // Each query raises it: Kysely never lets go of a connection that it did not get.
        return { ...acquired, executeQuery: () => Promise.reject(error) };
      }
      return acquired;
    },
    // Takes the lock before anything is read: a decision is never made on what another program then changes.
    beginTransaction: (on) => run(on, 'BEGIN IMMEDIATE'),
    commitTransaction: (on) => run(on, 'COMMIT'),
    // SQLite may have rolled back by itself, on a full disk for one; the error that led here is the one to tell.
    rollbackTransaction: (on) => run(on, 'ROLLBACK').catch(() => undefined),
    releaseConnection: () => driver.releaseConnection(),
    destroy: () => driver.destroy(),
  };
}

function waitWhileBusy(connection: DatabaseConnection): DatabaseConnection {
  const whenFree = createBusyRetry();
  return {
    executeQuery: (query) => whenFree(() => connection.executeQuery(query)),
    streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
  };
}

function adapt(database: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = prepared.get(sql);
      if (known !== undefined) return known;
      if (prepared.size >= STATEMENTS) prepared.clear();
      const statement = adaptStatement(database.prepare(sql));
      prepared.set(sql, statement);
      return statement;
    },
  };
}

function adaptStatement(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters.map(toInput)),
    run: (parameters) => statement.run(...parameters.map(toInput)),
    iterate: (parameters) => statement.iterate(...parameters.map(toInput)),
  };
}

function toInput(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') {
    return value;
  }
  throw new TypeError(`SQLite takes no ${typeof value}`);
}
