import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../errors.ts';
import { CountRow, IntegrityRow, TableNameRow, UserVersionRow } from './state/schema.ts';
import { newerVersion, STATE_VERSION } from './state-version.ts';

export interface StateSummary {
  readonly destinations: number;
}

const TABLES = ['destinations', 'subscriptions', 'deliveries', 'sent_marks'];

/** Reads all of a state that nobody has open. Raises `StorageError` unless it is sound, and of no newer version. */
export function verifyState(file: string): StateSummary {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    const get = (sql: string) => database?.prepare(sql).get();
    const { integrity_check: problem } = IntegrityRow.parse(get('PRAGMA integrity_check(1)'));
    if (problem !== 'ok') throw new StorageError(`${file} is broken: ${problem}`);
    const rows = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
    const names = rows.map((row) => TableNameRow.parse(row).name);
    if (!TABLES.every((table) => names.includes(table)))
      throw new StorageError(`${file} is no state of Paperboy.`);
    if (UserVersionRow.parse(get('PRAGMA user_version')).user_version > STATE_VERSION)
      throw newerVersion(file);
    return { destinations: CountRow.parse(get('SELECT count(*) AS count FROM destinations')).count };
  } catch (error) {
    if (error instanceof StorageError) throw error;
    throw new StorageError(`${file} cannot be read.`, error);
  } finally {
    database?.close();
  }
}
