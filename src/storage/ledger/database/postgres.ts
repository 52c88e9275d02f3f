import { PostgresDialect } from 'kysely';
import type { Client, ClientConfig, Pool, PoolConfig } from 'pg';
import { StorageError } from '../../../errors.ts';
import { createLease, type Lease, takeAllWrites } from '../lease/lease.ts';
import { takeTurnToIdentify } from '../lease/identify-turns.ts';
import type { LedgerLog } from '../row-log.ts';
import { fencePool } from '../lease/fence.ts';
import type { HeldDatabase } from './sqlite.ts';

const CONNECTIONS = 8;
const PATIENCE_MS = 10_000;
/** A lease has to be renewed each second. */
const LEASE_PATIENCE_MS = 2_000;
/** Its OID. https://www.postgresql.org/docs/current/datatype-numeric.html */
const BIGINT = 20;

const NOT_OPENED = 'The database of DATABASE_URL could not be opened.';

/** What several processes have that work on one database. */
export interface SharedDatabase {
  readonly lease: Lease;
  /** How often a write was refused because another process leads. */
  fencedWrites(): number;
  /** Waits until no other process begins a gateway session of that kind, and keeps others from it for five seconds. */
  takeTurnToIdentify(kind: number, signal: AbortSignal): Promise<void>;
}

/**
 * A database that any number of processes may open, and that the one with the lease writes to. Raises `StorageError`.
 */
export async function openPostgres(
  url: string,
  log: LedgerLog,
): Promise<HeldDatabase & { readonly shared: SharedDatabase }> {
  const { connect, openPool } = await loadPostgres(url, log);
  const patience = { connectionTimeoutMillis: LEASE_PATIENCE_MS, query_timeout: LEASE_PATIENCE_MS };
  const lease = await createLease(() => connect(patience)).catch((error: unknown) => {
    throw new StorageError(NOT_OPENED, error);
  });
  let fencedWrites = 0;
  const onFenced = () => void (fencedWrites += 1);
  return {
    dialect: new PostgresDialect({
      pool: fencePool(openPool({ query_timeout: PATIENCE_MS }), { lease, onFenced }),
    }),
    release: () => lease.close(),
    shared: {
      lease,
      fencedWrites: () => fencedWrites,
      takeTurnToIdentify: (kind, signal) =>
        takeTurnToIdentify(() => connect({ connectionTimeoutMillis: PATIENCE_MS }), { kind, signal }),
    },
  };
}

/** For whoever has to be alone with it: nobody writes meanwhile. Raises `StorageError` where another process leads. */
export async function holdPostgres(url: string, log: LedgerLog): Promise<HeldDatabase> {
  const { connect, openPool } = await loadPostgres(url, log);
  const holder = await connect({ connectionTimeoutMillis: PATIENCE_MS }).catch((error: unknown) => {
    throw new StorageError(NOT_OPENED, error);
  });
  if (!(await takeAllWrites(holder))) {
    await holder.end();
    throw new StorageError('Another Paperboy is running on this database. Stop it first.');
  }
  return { dialect: new PostgresDialect({ pool: openPool({}) }), release: () => holder.end() };
}

/** The library is loaded only where it is used. */
async function loadPostgres(url: string, log: LedgerLog) {
  const { default: pg } = await import('pg');
  // A connection that breaks, used or not, must not end the process; a query on it is rejected by itself.
  const tell = (err: Error) => log.error({ err }, 'a connection to the database broke');
  return {
    async connect(config: ClientConfig): Promise<Client> {
      const client = new pg.Client({ connectionString: url, keepAlive: true, ...config });
      client.on('error', tell);
      await client.connect().catch((error: unknown) => {
        void client.end().catch(() => undefined);
        throw error;
      });
      return client;
    },
    openPool(config: PoolConfig): Pool {
      const pool = new pg.Pool({
        connectionString: url,
        max: CONNECTIONS,
        keepAlive: true,
        connectionTimeoutMillis: PATIENCE_MS,
        types: {
          getTypeParser: (oid: number, format?: 'text' | 'binary') =>
            oid === BIGINT ? Number : pg.types.getTypeParser(oid, format),
        },
        ...config,
      });
      pool.on('error', tell);
      pool.on('connect', (client) => client.on('error', tell));
      return pool;
    },
  };
}
