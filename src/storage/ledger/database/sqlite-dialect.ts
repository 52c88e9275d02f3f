import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { createBusyRetry } from '../../busy-retry.ts';

/** Kysely on one connection of `node:sqlite`, which it closes. */
export function createSqliteDialect(database: DatabaseSync): Dialect {
  return {
    // SQLite has it; without it a crash in the middle of a migration leaves half of it.
    createAdapter: () =>
      Object.defineProperty(new SqliteAdapter(), 'supportsTransactionalDdl', { value: true }),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createDriver() {
      const connection = connect(database);
      const run = async (one: DatabaseConnection, text: string) => {
        await one.executeQuery(CompiledQuery.raw(text));
      };
      return {
        init: () => Promise.resolve(),
        async acquireConnection() {
          // What a failed rollback left.
          if (database.isTransaction) database.exec('ROLLBACK');
          return connection;
        },
        // Takes the lock before anything is read: a decision is never made on what another program then changes.
        beginTransaction: (one) => run(one, 'BEGIN IMMEDIATE'),
        commitTransaction: (one) => run(one, 'COMMIT'),
        // SQLite may have rolled back by itself, on a full disk for one; the error that led here is the one to tell.
        rollbackTransaction: (one) => run(one, 'ROLLBACK').catch(() => undefined),
        releaseConnection: () => Promise.resolve(),
        async destroy() {
          database.close();
        },
      };
    },
  };
}

function connect(database: DatabaseSync): DatabaseConnection {
  const whenFree = createBusyRetry();
  const executeQuery = <R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> =>
    whenFree(() => execute<R>(database, sql, parameters));
  return {
    executeQuery,
    // eslint-disable-next-line require-yield
    async *streamQuery() {
      throw new Error('rows are read whole');
    },
  };
}

function execute<R>(database: DatabaseSync, sql: string, parameters: readonly unknown[]): QueryResult<R> {
  const statement = database.prepare(sql);
  const values = parameters as readonly SQLInputValue[];
  if (statement.columns().length > 0) return { rows: statement.all(...values) as R[] };
  return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) };
}
