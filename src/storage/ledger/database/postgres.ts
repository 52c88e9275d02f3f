import { PostgresDialect } from 'kysely';
import type { Client, ClientConfig } from 'pg';
import { StorageError } from '../../../errors.ts';
import { createLease, type Lease, LEASE_MS } from '../lease.ts';
import { takeTurnToIdentify } from '../identify-turns.ts';
import type { LedgerLog } from '../row-log.ts';
import { fencePool } from './fence.ts';
import type { HeldDatabase } from './sqlite.ts';

const CONNECTIONS = 8;
const PATIENCE_MS = 10_000;
/** A lease has to be renewed each second. */
const LEASE_PATIENCE_MS = 2_000;
/** Its OID. https://www.postgresql.org/docs/current/datatype-numeric.html */
const BIGINT = 20;

/** What several processes have that work on one database. */
export interface SharedDatabase {
  readonly lease: Lease;
  /** How often a write was refused because another process leads. */
  fencedWrites(): number;
  /** Waits until no other process begins a gateway session of that kind, and keeps others from it for five seconds. */
  takeTurnToIdentify(kind: number, signal: AbortSignal): Promise<void>;
}

/**
 * A database that any number of processes may open, and that the one with the lease writes to. The library of PostgreSQL
 * is loaded only where it is used. Raises `StorageError`.
 */
export async function openPostgres(
  url: string,
  log: LedgerLog,
): Promise<HeldDatabase & { readonly shared: SharedDatabase }> {
  const { default: pg } = await import('pg');
  // A connection that breaks, used or not, must not end the process; a query on it is rejected by itself.
  const tell = (err: Error) => log.error({ err }, 'a connection to the database broke');

  async function connect(config: ClientConfig): Promise<Client> {
    const client = new pg.Client({ connectionString: url, keepAlive: true, ...config });
    client.on('error', tell);
    await client.connect().catch((error: unknown) => {
      void client.end().catch(() => undefined);
      throw error;
    });
    return client;
  }

  const patience = { connectionTimeoutMillis: LEASE_PATIENCE_MS, query_timeout: LEASE_PATIENCE_MS };
  const lease = await createLease(() => connect(patience)).catch((error: unknown) => {
    throw new StorageError('The database of DATABASE_URL could not be opened.', error);
  });
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    keepAlive: true,
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === BIGINT ? Number : pg.types.getTypeParser(oid, format),
    },
  });
  pool.on('error', tell);
  pool.on('connect', (client) => client.on('error', tell));
  let fencedWrites = 0;
  const onFenced = () => void (fencedWrites += 1);
  return {
    dialect: new PostgresDialect({ pool: fencePool(pool, { lease, onFenced }) }),
    release: () => lease.close(),
    shared: {
      lease,
      fencedWrites: () => fencedWrites,
      takeTurnToIdentify: (kind, signal) => takeTurnToIdentify(() => connect({}), { kind, signal }),
    },
  };
}

/** The same, for whoever has to be alone with it. Raises `StorageError` while another process leads. */
export async function holdPostgres(url: string, log: LedgerLog): Promise<HeldDatabase> {
  const { dialect, release, shared } = await openPostgres(url, log);
  const { lease } = shared;
  if ((await lease.take()) === undefined) {
    await lease.close();
    throw new StorageError('Another Paperboy is running on this database. Stop it first.');
  }
  const renewing = setInterval(() => void lease.renew().catch(() => undefined), LEASE_MS / 5);
  return {
    dialect,
    async release() {
      clearInterval(renewing);
      await release();
    },
  };
}
