import type { Place, TestDatabase } from './ledger-world.ts';

const COLUMNS: Readonly<Record<TestDatabase['name'], string>> = {
  SQLite: `SELECT m.name AS "table", c.name AS "column", c.type AS type, c."notnull" = 0 AND c.pk = 0 AS nullable
    FROM sqlite_schema m, pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'kysely%'`,
  PostgreSQL: `SELECT table_name AS "table", column_name AS "column", upper(data_type) AS type,
    CASE is_nullable WHEN 'YES' THEN 1 ELSE 0 END AS nullable
    FROM information_schema.columns WHERE table_schema = current_schema()
      AND table_name NOT LIKE 'kysely%' AND table_name <> 'leader_lease'`,
};

/**
 * Puts rows into every table that the database itself says there is. Text of row 7 is the same in all tables, so that
 * what refers to another row finds it.
 */
export async function fillLedger(
  place: Pick<Place, 'run'>,
  database: TestDatabase,
  rows: number,
): Promise<readonly string[]> {
  const tables = Map.groupBy(await columnsOf(place, database), ({ table }) => table);
  // Whoever is referred to comes first.
  const names = [...tables.keys()].toSorted(
    (one, other) => +isFirst(other) - +isFirst(one) || one.localeCompare(other),
  );
  for (const name of names) {
    const columns = tables.get(name) ?? [];
    const values = Array.from(
      { length: rows },
      (_, n) => `(${columns.map((c) => literal(c, n)).join(', ')})`,
    );
    const list = columns.map(({ column }) => `"${column}"`).join(', ');
    await place.run(`INSERT INTO "${name}" (${list}) VALUES ${values.join(', ')}`);
  }
  return names;
}

/** Every row of every table, spelled alike on both databases. */
export async function dumpLedger(
  place: Pick<Place, 'run'>,
  database: TestDatabase,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const tables = Map.groupBy(await columnsOf(place, database), ({ table }) => table);
  const dump = new Map<string, readonly string[]>();
  for (const [name, columns] of tables) {
    const list = columns
      .map(({ column }) => `"${column}"`)
      .toSorted((one, other) => one.localeCompare(other))
      .join(', ');
    const rows = await place.run(`SELECT ${list} FROM "${name}"`);
    const spelled = rows.map((row) =>
      JSON.stringify(Object.values(row ?? {}).map((value) => (value === null ? null : String(value)))),
    );
    dump.set(
      name,
      spelled.toSorted((one, other) => one.localeCompare(other)),
    );
  }
  return new Map([...dump].toSorted(([one], [other]) => one.localeCompare(other)));
}

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
}

async function columnsOf(place: Pick<Place, 'run'>, { name }: TestDatabase): Promise<readonly Column[]> {
  return (await place.run(COLUMNS[name])).map((row) => {
    const { table, column, type, nullable } = Object(row);
    return {
      table: String(table),
      column: String(column),
      type: String(type),
      nullable: Number(nullable) === 1,
    };
  });
}

const isFirst = (table: string): boolean => table === 'deliveries';

function literal({ type, nullable }: Column, n: number): string {
  if (nullable && n % 3 === 0) return 'NULL';
  if (type === 'BIGINT') return `${Number.MAX_SAFE_INTEGER - n}`;
  if (type === 'INTEGER') return `${n}`;
  return `'row ${n} – “é” 𝄞 it''s { "json": "\\u0000" }'`;
}
