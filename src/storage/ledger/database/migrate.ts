import { sql } from 'kysely';
import { DEFAULT_MIGRATION_TABLE, Migrator } from 'kysely/migration';
import { StorageError } from '../../../errors.ts';
import { newerVersion } from '../../newer-version.ts';
import { MIGRATIONS } from './migrations.ts';
import { locksRows } from './transact.ts';
import type { Database } from './tables.ts';

/** Brings the tables to this version. Raises `StorageError`, and then nothing has changed. */
export async function migrate(db: Database, place: string): Promise<void> {
  const schema = await currentSchema(db);
  await expectOwn(db, schema, place);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw new StorageError(`The ledger ${place} could not be brought up to date.`, error);
}

/** A database of something else, or of another version, is not touched. */
async function expectOwn(db: Database, schema: string | undefined, place: string): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  const names = tables.filter((table) => table.schema === schema).map(({ name }) => name);
  if (names.includes(DEFAULT_MIGRATION_TABLE)) {
    const done = sql<{ readonly name: string }>`SELECT name FROM ${sql.table(DEFAULT_MIGRATION_TABLE)}`;
    const { rows } = await done.execute(db);
    if (rows.some(({ name }) => !(name in MIGRATIONS))) throw newerVersion(place);
  } else if (names.length > 0) {
    throw new StorageError(
      `${place} holds tables that are no ledger of this version of Paperboy. It was left untouched. Name another place in DATABASE_URL.`,
    );
  }
}

/** Kysely would take another schema's tables for those of this one. */
async function currentSchema(db: Database): Promise<string | undefined> {
  if (!locksRows(db)) return undefined;
  const { rows } = await sql<{ readonly name: string }>`SELECT current_schema() AS name`.execute(db);
  return rows[0]?.name;
}
