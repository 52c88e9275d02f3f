import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Dialect, Kysely } from 'kysely';
import { StorageError } from '../../../errors.ts';
import { isPostgres, ledgerFile, lockLedger } from '../../ledger-file.ts';
import { giveToOwnerOf, moveDatabase, removeDatabase } from '../../sqlite-file.ts';
import { holdPostgres } from '../database/postgres.ts';
import { createSqliteDialect, openSqlite } from '../database/sqlite.ts';
import { type Database, listMigrations, migrate, type Tables } from '../database/tables.ts';
import type { LedgerLog } from '../row-log.ts';
import {
  countRows,
  createContentHash,
  listTables,
  readRows,
  type Table,
  writeRows,
} from './table-content.ts';

export interface MovedTable {
  readonly table: string;
  readonly rows: number;
  /** Of all it holds, the same at both ends. */
  readonly hash: string;
}

export interface MoveOptions {
  /** `sqlite://` and a path, or the address of a PostgreSQL database. */
  readonly from: string;
  readonly to: string;
  readonly log: LedgerLog;
  readonly onMoved?: (table: MovedTable) => void;
}

/**
 * Copies a ledger that no bot runs on to an empty place, record for record, and compares both ends. Raises
 * `StorageError`, and then the place is as empty as before. What it is copied from is only read.
 */
export async function moveLedger({ from, to, log, onMoved }: MoveOptions): Promise<readonly MovedTable[]> {
  if (from === to) throw new StorageError('Both addresses are the same. Name two places.');
  const source = await openEnd(from, () => openSource(from, log));
  try {
    const target = await openEnd(to, () => openTarget(to, log));
    let isWhole = false;
    try {
      const moved = await copy(source.db, target.db, { from, to, ...(onMoved ? { onMoved } : {}) });
      isWhole = true;
      return moved;
    } finally {
      await target.close(isWhole);
    }
  } finally {
    await source.close();
  }
}

/** What people are shown of an address: neither the user nor the password. */
export function placeOf(url: string): string {
  if (!isPostgres(url)) return ledgerFile(url);
  // Behind a # would stand what was meant as the rest of a password.
  if (!URL.canParse(url) || url.includes('#')) {
    throw new StorageError(
      'An address of PostgreSQL looks like postgres://user@host:5432/database. Signs in a password are written as in %23 for #.',
    );
  }
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

interface Target {
  readonly db: Database;
  /** Leaves nothing behind where it is not whole. */
  close(isWhole: boolean): Promise<void>;
}

interface Source {
  readonly db: Database;
  close(): Promise<void>;
}

async function openEnd<T>(url: string, open: () => Promise<T>): Promise<T> {
  const place = placeOf(url);
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    throw new StorageError(`${place}: ${error.message}`, error.cause);
  }
}

async function openSource(url: string, log: LedgerLog): Promise<Source> {
  if (!isPostgres(url) && !existsSync(ledgerFile(url))) throw new StorageError('There is no ledger here.');
  const { dialect, release } = await (isPostgres(url) ? holdPostgres(url, log) : openSqlite(ledgerFile(url)));
  const db = connect(dialect);
  return {
    db,
    async close() {
      await db.destroy();
      await release();
    },
  };
}

async function openTarget(url: string, log: LedgerLog): Promise<Target> {
  // One transaction leaves nothing behind there.
  if (isPostgres(url)) return await openSource(url, log);
  const file = ledgerFile(url);
  if (existsSync(file)) throw new StorageError('This file exists already. Name one that does not.');
  mkdirSync(path.dirname(file), { recursive: true });
  const unlock = lockLedger(file);
  const part = `${file}.moving`;
  removeDatabase(part);
  const db = connect(createSqliteDialect(new DatabaseSync(part)));
  return {
    db,
    async close(isWhole) {
      await db.destroy();
      if (isWhole) {
        giveToOwnerOf(path.dirname(file), part);
        moveDatabase(part, file);
      } else removeDatabase(part);
      unlock();
    },
  };
}

function connect(dialect: Dialect): Database {
  return new Kysely<Tables>({ dialect });
}

interface CopyOptions extends Pick<MoveOptions, 'from' | 'to' | 'onMoved'> {}

async function copy(
  source: Database,
  target: Database,
  options: CopyOptions,
): Promise<readonly MovedTable[]> {
  try {
    const oneInstant = source.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
    return await oneInstant.execute((reading) =>
      target.transaction().execute((writing) => copyTables(reading, writing, options)),
    );
  } catch (error) {
    if (error instanceof StorageError) throw error;
    throw new StorageError('The ledger could not be moved. Nothing has changed.', error);
  }
}

async function copyTables(
  source: Database,
  target: Database,
  { from, to, onMoved }: CopyOptions,
): Promise<readonly MovedTable[]> {
  const migrations = await listMigrations(source, placeOf(from));
  const latest = migrations?.at(-1);
  if (latest === undefined) throw new StorageError(`${placeOf(from)} holds no ledger of Paperboy.`);
  if ((await listTables(target)).length > 0) {
    throw new StorageError(`${placeOf(to)} is not empty. Name a database without any tables.`);
  }
  await migrate(target, placeOf(to), latest);
  // Its tables were made just now, each after those that it refers to.
  const tables = await listTables(target);
  expectSame(tables, await listTables(source), placeOf(from));
  const moved: MovedTable[] = [];
  for (const table of tables) {
    const done = await copyTable(source, target, table);
    moved.push(done);
    onMoved?.(done);
  }
  return moved;
}

function expectSame(expected: readonly Table[], found: readonly Table[], place: string): void {
  const spell = (tables: readonly Table[]) =>
    tables
      .map(({ name, columns }) => `${name} (${columns.join(', ')})`)
      .toSorted((one, other) => one.localeCompare(other));
  const [known, there] = [spell(expected), spell(found)];
  const odd = [
    ...there.filter((table) => !known.includes(table)),
    ...known.filter((table) => !there.includes(table)),
  ];
  if (odd.length === 0) return;
  throw new StorageError(`${place} has other tables than this version of Paperboy: ${odd.join('; ')}.`);
}

async function copyTable(source: Database, target: Database, table: Table): Promise<MovedTable> {
  const read = createContentHash(table);
  try {
    for await (const rows of readRows(source, table)) {
      await writeRows(target, table, rows);
      read.add(rows);
    }
  } catch (error) {
    throw new StorageError(
      `A row of the table ${table.name} could not be moved. Nothing has changed.`,
      error,
    );
  }
  const written = createContentHash(table);
  for await (const rows of readRows(target, table)) written.add(rows);
  const isWhole = read.rows === (await countRows(source, table)) && read.rows === written.rows;
  if (!isWhole || read.hex() !== written.hex()) {
    throw new StorageError(
      `The table ${table.name} did not arrive as it left (${read.rows} rows, ${written.rows} arrived). Nothing has changed.`,
    );
  }
  return { table: table.name, rows: read.rows, hash: read.hex() };
}
