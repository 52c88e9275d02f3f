import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { DEFAULT_MIGRATION_LOCK_TABLE, DEFAULT_MIGRATION_TABLE } from 'kysely/migration';
import { type Database, locksRows } from '../database/tables.ts';

export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  /** The columns of its primary key. */
  readonly key: readonly string[];
}

export type Row = Readonly<Record<string, unknown>>;

const ROWS_AT_ONCE = 500;
const NO_RECORDS = [DEFAULT_MIGRATION_TABLE, DEFAULT_MIGRATION_LOCK_TABLE, 'leader_lease'];

/** All but the migrator's and the lease, as the database itself tells; in the order in which they were made. */
export async function listTables(db: Database): Promise<readonly Table[]> {
  const [names, columnsOf, keyOf] = locksRows(db) ? POSTGRES : SQLITE;
  const listed = await column(db, names);
  const tables: Table[] = [];
  for (const name of listed.filter((known) => !NO_RECORDS.includes(known))) {
    const [columns, key] = [await column(db, columnsOf(name)), await column(db, keyOf(name))];
    tables.push({ name, columns: columns.toSorted((one, other) => one.localeCompare(other)), key });
  }
  return tables;
}

type Names = RawBuilder<{ readonly name: string }>;
type Questions = readonly [
  names: Names,
  columnsOf: (table: string) => Names,
  keyOf: (table: string) => Names,
];

/** https://www.sqlite.org/pragma.html#pragma_table_info */
const SQLITE: Questions = [
  sql`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid`,
  (table) => sql`SELECT name FROM pragma_table_info(${table})`,
  (table) => sql`SELECT name FROM pragma_table_info(${table}) WHERE pk > 0 ORDER BY pk`,
];

/** https://www.postgresql.org/docs/current/catalog-pg-index.html */
const POSTGRES: Questions = [
  sql`SELECT relname AS name FROM pg_class
    WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace ORDER BY oid`,
  (table) => sql`SELECT attname AS name FROM pg_attribute
    WHERE attrelid = quote_ident(${table})::regclass AND attnum > 0 AND NOT attisdropped`,
  (table) => sql`SELECT attname AS name FROM pg_index
    JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
    WHERE indrelid = quote_ident(${table})::regclass AND indisprimary ORDER BY array_position(indkey, attnum)`,
];

async function column(db: Database, question: Names): Promise<readonly string[]> {
  return (await question.execute(db)).rows.map(({ name }) => name);
}

/** All rows, some at a time, by the primary key. */
export async function* readRows(db: Database, { name, columns, key }: Table): AsyncGenerator<readonly Row[]> {
  let last: Row | undefined;
  for (;;) {
    const after = last;
    const behind =
      after === undefined ? sql`` : sql`WHERE (${refs(key)}) > (${sql.join(key.map((part) => after[part]))})`;
    const { rows } = await sql<Row>`SELECT ${refs(columns)} FROM ${sql.table(name)} ${behind}
      ORDER BY ${refs(key)} LIMIT ${sql.lit(ROWS_AT_ONCE)}`.execute(db);
    if (rows.length > 0) yield rows;
    last = rows.at(-1);
    if (rows.length < ROWS_AT_ONCE) return;
  }
}

export async function writeRows(db: Database, { name, columns }: Table, rows: readonly Row[]): Promise<void> {
  const values = rows.map((row) => sql`(${sql.join(columns.map((part) => row[part]))})`);
  await sql`INSERT INTO ${sql.table(name)} (${refs(columns)}) VALUES ${sql.join(values)}`.execute(db);
}

/** As the database counts them. */
export async function countRows(db: Database, { name }: Table): Promise<number> {
  const { rows } = await sql<{ readonly n: number }>`SELECT COUNT(*) AS n FROM ${sql.table(name)}`.execute(
    db,
  );
  return Number(rows[0]?.n);
}

function refs(columns: readonly string[]): RawBuilder<unknown> {
  return sql.join(columns.map((part) => sql.ref(part)));
}

export interface ContentHash {
  add(rows: readonly Row[]): void;
  readonly rows: number;
  /** The same for the same rows in whatever order: each database sorts text in its own. */
  hex(): string;
}

const BITS = 256;

export function createContentHash({ columns }: Pick<Table, 'columns'>): ContentHash {
  let sum = 0n;
  let count = 0;
  return {
    add(rows) {
      for (const row of rows) {
        const text = JSON.stringify(columns.map((part) => row[part]));
        sum = BigInt.asUintN(BITS, sum + BigInt(`0x${createHash('sha256').update(text).digest('hex')}`));
        count++;
      }
    },
    get rows() {
      return count;
    },
    hex: () => sum.toString(16).padStart(BITS / 4, '0'),
  };
}
