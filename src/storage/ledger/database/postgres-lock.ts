import { StorageError } from '../../../errors.ts';
import type { LedgerLog } from '../row-log.ts';

/** https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS */
const LOCK = `SELECT pg_try_advisory_lock(hashtext('paperboy'), hashtext(current_schema())) AS held`;
const PATIENCE_MS = 10_000;

/**
 * Holds the database for this process, on a connection of its own; PostgreSQL lets go of it when that ends, however it
 * ends. Raises `StorageError` when another process holds it, or when it cannot be reached.
 */
export async function lockPostgres(url: string, log: LedgerLog): Promise<() => Promise<void>> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: PATIENCE_MS,
    keepAlive: true,
  });
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
