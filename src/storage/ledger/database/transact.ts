import type { DatabaseConnection, Dialect, Driver } from 'kysely';
import { StorageError } from '../../../errors.ts';
import type { Database, LedgerTransaction } from './tables.ts';

const ATTEMPTS = 5;
/**
 * Somebody else was first: unique_violation, serialization_failure, deadlock_detected.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const CONFLICTS: readonly unknown[] = ['23505', '40001', '40P01'];

/** What a decision raised, on its way out of the transaction. */
class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Runs what a caller passed in; what it raises rolls the transaction back and comes out of `transact` as it is. */
export function decideWith<T>(decide: () => T): T {
  try {
    return decide();
  } catch (error) {
    throw new Refusal('refused', { cause: error });
  }
}

/** Runs `run` in one transaction, again when another one was in its way. Raises `StorageError`. */
export async function transact<T>(
  db: Database,
  run: (transaction: LedgerTransaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(db, run);
    } catch (error) {
      if (error instanceof Refusal) throw error.cause;
      if (attempt === ATTEMPTS || !isConflict(error)) throw toStorageError(error);
    }
  }
}

/** Raises `StorageError` for whatever goes wrong in the database. */
export async function access<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw toStorageError(error);
  }
}

async function runOnce<T>(db: Database, run: (transaction: LedgerTransaction) => Promise<T>): Promise<T> {
  // A rollback may fail too, when the connection is lost: what failed first tells more.
  let first: { readonly error: unknown } | undefined;
  try {
    return await db.transaction().execute(async (transaction) => {
      try {
        return await run(transaction);
      } catch (error) {
        first = { error };
        throw error;
      }
    });
  } catch (error) {
    throw first === undefined ? error : first.error;
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof Error && 'code' in error && CONFLICTS.includes(error.code);
}

function toStorageError(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  return new StorageError('The ledger could not be read or written.', error);
}

/** Tells how long each transaction took that was committed, in ms from its beginning until it was on disk. */
export function timeTransactions(dialect: Dialect, onWrite: (ms: number) => void): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createDriver: () => timeDriver(dialect.createDriver(), onWrite),
  };
}

function timeDriver(driver: Driver, onWrite: (ms: number) => void): Driver {
  const begunAt = new WeakMap<DatabaseConnection, number>();
  return {
    init: () => driver.init(),
    acquireConnection: () => driver.acquireConnection(),
    async beginTransaction(on, settings) {
      begunAt.set(on, performance.now());
      await driver.beginTransaction(on, settings);
    },
    async commitTransaction(on) {
      await driver.commitTransaction(on);
      onWrite(performance.now() - (begunAt.get(on) ?? performance.now()));
    },
    rollbackTransaction: (on) => driver.rollbackTransaction(on),
    releaseConnection: (on) => driver.releaseConnection(on),
    destroy: () => driver.destroy(),
  };
}
