import type { PostgresPool } from 'kysely';
import type { Pool, PoolClient, QueryResult } from 'pg';
import { StorageError } from '../../../errors.ts';
import { type Lease, WRITES_LOCK } from './lease.ts';

export interface Fence {
  readonly lease: Pick<Lease, 'token' | 'lost'>;
  /** A write was refused, as somebody else has taken the lease. */
  readonly onFenced: () => void;
}

/**
 * A stopped process would hold the lock of its transaction for ever: the server ends that before the lease is over, so
 * that a take-over waits for nothing.
 */
const IDLE_MS = 4_000;
const READS = /^\s*select\b/i;

/**
 * Lets writes through only while this process holds the lease: each is part of a transaction that holds the lock of
 * writes with others and looks at the token first. Reads outside of transactions pass.
 */
export function fencePool(pool: Pool, fence: Fence): PostgresPool {
  return {
    options: pool.options,
    connect: async () => fenceClient(await pool.connect(), fence),
    end: () => pool.end(),
  };
}

function fenceClient(client: PoolClient, fence: Fence): PoolClient {
  let isInTransaction = false;
  let isBroken = false;

  async function send(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult> {
    try {
      return await client.query(sql, [...parameters]);
    } catch (error) {
      // What has no code did not come from the server, which does not answer any more.
      isBroken ||= !(error instanceof Error && 'code' in error);
      throw error;
    }
  }

  async function orRollBack<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      await send('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  /**
   * One round trip. At this isolation level the last statement sees all that was written before the lock was there; at the
   * stricter ones, which a server may have as its default, it would not.
   */
  async function begin(token: string): Promise<QueryResult> {
    const results: unknown = await send(`BEGIN ISOLATION LEVEL READ COMMITTED;
      SET LOCAL idle_in_transaction_session_timeout = ${IDLE_MS};
      SELECT pg_advisory_xact_lock_shared(${WRITES_LOCK}); SELECT token FROM leader_lease`);
    const [, , , lease]: QueryResult<{ readonly token: string }>[] = Array.isArray(results) ? results : [];
    if (lease?.rows[0]?.token === token) return lease;
    fence.lease.lost();
    fence.onFenced();
    throw new StorageError('Another process leads now: nothing was written.');
  }

  async function beginFenced(): Promise<QueryResult> {
    const { token } = fence.lease;
    if (token === undefined) throw new StorageError('This process does not lead, and writes nothing.');
    return orRollBack(() => begin(token));
  }

  async function query(sql: string, parameters: readonly unknown[]): Promise<QueryResult> {
    if (sql === 'begin') {
      const result = await beginFenced();
      isInTransaction = true;
      return result;
    }
    const isEnd = sql === 'commit' || sql === 'rollback';
    if (isEnd || isInTransaction || READS.test(sql)) {
      if (isEnd) isInTransaction = false;
      return send(sql, parameters);
    }
    await beginFenced();
    return orRollBack(async () => {
      const result = await send(sql, parameters);
      await send('COMMIT');
      return result;
    });
  }

  const own: Readonly<Record<PropertyKey, unknown>> = {
    query,
    release: (discard?: boolean) => client.release(discard === true || isBroken),
  };
  return new Proxy(client, { get: (target, key) => own[key] ?? Reflect.get(target, key) });
}
