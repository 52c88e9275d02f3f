import { type Dialect, PostgresDialect } from 'kysely';

const CONNECTIONS = 8;
const PATIENCE_MS = 10_000;
/** Its OID. https://www.postgresql.org/docs/current/datatype-numeric.html */
const BIGINT = 20;

/** Kysely on PostgreSQL. Its library is loaded only where it is used. */
export async function createPostgresDialect(
  url: string,
  log: { error(fields: object, message: string): void },
): Promise<Dialect> {
  const { default: pg } = await import('pg');
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
  return new PostgresDialect({ pool });
}
