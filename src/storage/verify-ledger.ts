import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../errors.ts';
import { MIGRATIONS, newerVersion } from './ledger/database/tables.ts';

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
