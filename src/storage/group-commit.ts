import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { SqliteDriver } from '@keyv/sqlite';

type Connection = Awaited<ReturnType<SqliteDriver['connect']>>;

export interface GroupCommit {
  /** All adapters of a file share one connection, which is closed after the last of them. */
  readonly driver: SqliteDriver;
}

interface Write {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
  readonly resolve: (rows: unknown[]) => void;
  readonly reject: (error: unknown) => void;
}

const STATEMENTS_KEPT = 100;

/**
 * One connection to a file. What is written in one turn of the event loop goes to disk in one transaction: waiting for
 * the disk is most of what a write costs, and everything else waits meanwhile. A write is on disk when it resolves;
 * one that fails fails alone.
 */
export function createGroupCommit(): GroupCommit {
  let users = 0;
  let shared: { readonly connection: Connection; readonly close: () => void } | undefined;
  return {
    driver: {
      name: 'node:sqlite',
      async connect({ filename, busyTimeout }) {
        users += 1;
        shared ??= openConnection(new DatabaseSync(filename, { timeout: busyTimeout ?? 0 }));
        const { connection, close } = shared;
        return {
          query: connection.query,
          async close() {
            await connection.close();
            users -= 1;
            if (users === 0) close();
          },
        };
      },
    },
  };
}

function openConnection(database: DatabaseSync): { connection: Connection; close: () => void } {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  const prepare = createStatements(database);
  let waiting: Write[] = [];

  const run = ({ sql, values }: Pick<Write, 'sql' | 'values'>): unknown[] => prepare(sql).all(...values);

  function flush(): void {
    const writes = waiting;
    waiting = [];
    if (writes.length > 1 && commitTogether(writes)) return;
    for (const write of writes) settle(write, () => run(write));
  }

  function commitTogether(writes: readonly Write[]): boolean {
    const results: unknown[][] = [];
    try {
      database.exec('BEGIN IMMEDIATE');
      for (const write of writes) results.push(run(write));
      database.exec('COMMIT');
    } catch {
      if (database.isTransaction) database.exec('ROLLBACK');
      return false;
    }
    for (const [index, write] of writes.entries()) write.resolve(results[index] ?? []);
    return true;
  }

  return {
    connection: {
      query: async (sql, ...given) => {
        const values = given.map(toValue);
        if (/^\s*(SELECT|PRAGMA)/i.test(sql)) return run({ sql, values });
        return await new Promise<unknown[]>((resolve, reject) => {
          if (waiting.length === 0) setImmediate(flush);
          waiting.push({ sql, values, resolve, reject });
        });
      },
      close: async () => flush(),
    },
    close: () => database.close(),
  };
}

function createStatements(database: DatabaseSync): (sql: string) => ReturnType<DatabaseSync['prepare']> {
  const kept = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  return (sql) => {
    const known = kept.get(sql);
    if (known !== undefined) return known;
    if (kept.size >= STATEMENTS_KEPT) kept.clear();
    const statement = database.prepare(sql);
    kept.set(sql, statement);
    return statement;
  };
}

function settle({ resolve, reject }: Write, work: () => unknown[]): void {
  try {
    resolve(work());
  } catch (error) {
    reject(error);
  }
}

function toValue(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  return JSON.stringify(value);
}
