import { PostgresDialect } from 'kysely';
import type { Client } from 'pg';
import { StorageError } from '../../../errors.ts';
import type { LedgerLog } from '../row-log.ts';
import type { HeldDatabase } from './sqlite.ts';

/** https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS */
const LOCK = `SELECT pg_try_advisory_lock(hashtext('paperboy'), hashtext(current_schema())) AS held`;
const CONNECTIONS = 8;
const PATIENCE_MS = 10_000;
/** Its OID. https://www.postgresql.org/docs/current/datatype-numeric.html */
const BIGINT = 20;

/** The library of PostgreSQL is loaded only where it is used. Raises `StorageError`. */
export async function openPostgres(url: string, log: LedgerLog): Promise<HeldDatabase> {
  const { default: pg } = await import('pg');
  const holder = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: PATIENCE_MS,
    keepAlive: true,
  });
  const release = await holdDatabase(holder, log);
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: PATIENCE_MS,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === BIGINT ? Number : pg.types.getTypeParser(oid, format),
    },
  });
  // A connection that breaks, used or not, must not end the process; a query on it is rejected by itself.
  const tell = (err: Error) => log.error({ err }, 'a connection to the database broke');
  pool.on('error', tell);
  pool.on('connect', (client) => client.on('error', tell));
  return { dialect: new PostgresDialect({ pool }), release };
}

/**
 * Holds the database for this process, on a connection of its own; PostgreSQL lets go of it when that ends, however it
 * ends. Raises `StorageError` when another process holds it, or when it cannot be reached.
 */
async function holdDatabase(client: Client, log: LedgerLog): Promise<() => Promise<void>> {
  client.on('error', (err) => log.error({ err }, 'the lock of the database is lost until the next start'));
  try {
    await client.connect();
    const { rows } = await client.query<{ readonly held: boolean }>(LOCK);
    if (rows[0]?.held === true) return () => client.end();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw new StorageError('The database of DATABASE_URL could not be opened.', error);
  }
  await client.end();
  throw new StorageError('Another Paperboy is running on this database. Stop it first.');
}
