import path from 'node:path';
import { existsSync, mkdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../../errors.ts';
import { moveDatabase, sqliteResult } from '../sqlite-file.ts';
import { CheckRow, isUnreadableRow, TableRow, VersionRow } from './schema.ts';
import { ARCHIVE_VERSION } from './tables.ts';

export interface ArchiveLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const BUSY_TIMEOUT_MS = 5_000;

/** Where an archive of another version waits until its papers are migrated. */
export function earlierFile(file: string): string {
  return `${file}.before`;
}

/**
 * A connection to a sound archive of this version, or to an empty file: what is broken is set aside as `….broken`,
 * what is of another version as `earlierFile`. Raises when the file is held, out of reach, or no archive.
 */
export function openDatabase(file: string, log: ArchiveLog): DatabaseSync {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  const condition = existsSync(file) ? inspect(file) : 'usable';
  if (condition === 'broken') {
    log.warn({ setAside: setAside(file) }, 'the archive was broken: it is set aside and collected again');
  }
  if (condition === 'of another version') moveDatabase(file, earlierFile(file));
  return connect(file);
}

/** Keeps a broken archive for the operator, in place of an earlier one; returns where. */
export function setAside(file: string): string {
  const kept = `${file}.broken`;
  moveDatabase(file, kept);
  return kept;
}

function connect(file: string): DatabaseSync {
  return new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
}

function inspect(file: string): 'usable' | 'broken' | 'of another version' {
  let database: DatabaseSync | undefined;
  try {
    database = connect(file);
    const { user_version: version } = VersionRow.parse(database.prepare('PRAGMA user_version').get());
    const tables = readTables(database);
    if (tables.length === 0) return 'usable';
    requireArchive(file, tables);
    if (!areSound(database, tables)) return 'broken';
    return version === ARCHIVE_VERSION ? 'usable' : 'of another version';
  } catch (error) {
    const result = sqliteResult(error);
    if (result === 'corrupt' || result === 'not-a-database') return 'broken';
    throw error;
  } finally {
    database?.close();
  }
}

function readTables(database: DatabaseSync): readonly TableRow[] {
  const rows = database.prepare(`SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'`).all();
  return rows.map((row) => TableRow.parse(row));
}

/** Moving somebody else's database out of the way would be worse than not starting. */
function requireArchive(file: string, tables: readonly TableRow[]): void {
  const names = tables.map(({ name }) => name);
  if (names.includes('papers') && names.includes('collected_days')) return;
  throw new StorageError(`${file} is a database, but no archive of papers. Choose another ARCHIVE_PATH.`);
}

/**
 * Table by table, leaving out the virtual ones: whether an index still fits its papers takes ten times as long to
 * tell. https://www.sqlite.org/pragma.html#pragma_quick_check
 */
function areSound(database: DatabaseSync, tables: readonly TableRow[]): boolean {
  return tables
    .filter(({ rootpage }) => rootpage > 0)
    .every(({ name }) => {
      const row = database.prepare(`PRAGMA quick_check("${name}")`).get();
      return CheckRow.parse(row).quick_check === 'ok';
    });
}

/** What an error says about the archive's file: nothing, that the disk may be at fault, or that the file is broken. */
export type Damage = 'none' | 'possible' | 'certain';

/** SQLITE_IOERR and SQLITE_CANTOPEN. https://www.sqlite.org/rescode.html */
const DISK_CODES = [10, 14];

export function damageOf(error: unknown): Damage {
  if (isUnreadableRow(error)) return 'certain';
  const result = sqliteResult(error);
  if (result === 'corrupt' || result === 'not-a-database' || isTableMissing(error)) return 'certain';
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  return DISK_CODES.includes(code) ? 'possible' : 'none';
}

/** No query that people type names a table: the file was emptied, or replaced, after its tables were made. */
function isTableMissing(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('no such table');
}

/** Runs work that writes: all of it is kept, or none. */
export function transact<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
