import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import { isAway } from '../database/is-away.ts';

/** For so long a lease holds that is not renewed. */
export const LEASE_MS = 5_000;

/** What the row of the lease says to this process. */
export interface LeaseView {
  /** Whether this process may take it. */
  readonly isFree: boolean;
  /** Whether another process, which is connected to Discord, waits for it. */
  readonly hasStandby: boolean;
  /** Of the server's clock, in ms. */
  readonly serverTime: number;
  readonly takeOvers: number;
}

/**
 * The right to lead: one row, on the server's clock, with the token of its holder. Everything but `release` raises what
 * pg raises; the next call connects again.
 */
export interface Lease {
  /** The token of this process while it holds the lease, as far as it knows: what its writes are checked by. */
  readonly token: string | undefined;
  /** False from the moment on in which the connection breaks, until the next call has answered. */
  readonly isConnected: boolean;
  /** `isReady`: this process could lead well, which the leader is to know. */
  look(isReady: boolean): Promise<LeaseView>;
  /** Undefined when it is not free. `leftMs`: for how long its former holder may believe that it still leads. */
  take(): Promise<{ readonly leftMs: number } | undefined>;
  /** Undefined when somebody else has taken it. */
  renew(): Promise<LeaseView | undefined>;
  /** A write showed that somebody else has taken it. */
  lost(): void;
  /** Lets another process take it at once. Never rejects. */
  release(): Promise<void>;
  /** Lets go of it too. Never rejects. */
  close(): Promise<void>;
}

const STANDBY_SEEN_MS = 3_000;
/** A server that was just started has forgotten its connections: whoever led before it ended comes first. */
const IS_FREE = `(expires_at = 'epoch' OR token = $1
  OR greatest(expires_at, pg_postmaster_start_time() + ${seconds(LEASE_MS)}) < clock_timestamp()
  OR (backend IS NOT NULL AND pg_postmaster_start_time() < renewed_at
    AND NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = backend)))`;
const VIEW = `${IS_FREE} AS "isFree", take_overs AS "takeOvers",
  coalesce(standby_at > clock_timestamp() - ${seconds(STANDBY_SEEN_MS)}, false) AS "hasStandby",
  (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS "serverTime"`;
const LOOK = `SELECT ${VIEW} FROM leader_lease`;
const STAND_BY = `UPDATE leader_lease SET standby_at = clock_timestamp() RETURNING ${VIEW}`;
const HOLD = `backend = $2, renewed_at = clock_timestamp(), expires_at = clock_timestamp() + ${seconds(LEASE_MS)}`;
const RENEW = `UPDATE leader_lease SET ${HOLD} WHERE token = $1 RETURNING ${VIEW}`;
const TAKE = `WITH old AS (SELECT expires_at FROM leader_lease WHERE ${IS_FREE} FOR UPDATE)
  UPDATE leader_lease SET token = $1, ${HOLD}, standby_at = NULL, take_overs = take_overs + 1 FROM old
  RETURNING greatest(0, extract(epoch FROM old.expires_at - clock_timestamp()) * 1000)::float8 AS "leftMs"`;
const RELEASE = `UPDATE leader_lease SET token = '', backend = NULL, expires_at = 'epoch' WHERE token = $1`;

/** Each write holds it with others; who takes the lease waits until it is alone with it. */
export const WRITES_LOCK = `hashtext('paperboy'), hashtext(current_schema())`;

/** Waits for no lock for longer than the next look is away. */
const ALONE = `BEGIN; SET LOCAL lock_timeout = 1500; SELECT pg_advisory_xact_lock(${WRITES_LOCK})`;
const CREATE = `CREATE TABLE IF NOT EXISTS leader_lease (
    is_row BOOLEAN PRIMARY KEY DEFAULT true CHECK (is_row), token TEXT NOT NULL, backend INTEGER,
    renewed_at TIMESTAMPTZ NOT NULL, expires_at TIMESTAMPTZ NOT NULL, standby_at TIMESTAMPTZ, take_overs INTEGER NOT NULL);
  INSERT INTO leader_lease (token, renewed_at, expires_at, take_overs) VALUES ('', 'epoch', 'epoch', 0)
  ON CONFLICT DO NOTHING`;

/**
 * `connect` gives a connection that ends with its first error. Makes the table where there is none. A server that is away
 * is asked again by each call. Raises any other error of the first connection, such as a wrong password.
 */
export async function createLease(connect: () => Promise<Client>): Promise<Lease> {
  const token = randomBytes(16).toString('hex');
  let connection: { readonly client: Client; readonly backend: number | null } | undefined;
  let isMade = false;
  let holds = false;
  let isConnected = false;

  async function open(): Promise<NonNullable<typeof connection>> {
    const client = await connect();
    const forget = () => {
      if (connection?.client !== client) return;
      connection = undefined;
      isConnected = false;
    };
    client.on('end', forget);
    client.on('error', forget);
    const pid = await greet(client).catch((error: unknown) => {
      giveUp(client);
      throw error;
    });
    // A pooler shows another one than the server; its connections outlive this process.
    const backend = 'processID' in client && client.processID === pid ? pid : null;
    connection = { client, backend };
    return connection;
  }

  /** Answers with the backend that serves it. */
  async function greet(client: Client): Promise<number | null> {
    if (!isMade) {
      const { rows: missing } = await client.query(`SELECT WHERE to_regclass('leader_lease') IS NULL`);
      if (missing.length > 0) await client.query(`${ALONE}; ${CREATE}; COMMIT`);
      isMade = true;
    }
    const { rows } = await client.query<{ readonly pid: number }>('SELECT pg_backend_pid() AS pid');
    return rows[0]?.pid ?? null;
  }

  /** A connection that fails, or that does not answer in time, is given up. */
  async function use<T>(run: (client: Client, backend: number | null) => Promise<T>): Promise<T> {
    const { client, backend } = connection ?? (await open());
    try {
      const answer = await run(client, backend);
      isConnected = connection?.client === client;
      return answer;
    } catch (error) {
      if (connection?.client === client) connection = undefined;
      isConnected = false;
      giveUp(client);
      throw error;
    }
  }

  async function view(sql: string, ...values: readonly unknown[]): Promise<LeaseView | undefined> {
    return use(async (client) => (await client.query<LeaseView>(sql, [token, ...values])).rows[0]);
  }

  async function release(): Promise<void> {
    holds = false;
    await use((client) => client.query(RELEASE, [token])).catch(() => undefined);
  }

  await use(() => Promise.resolve()).catch((error: unknown) => {
    if (!isAway(error)) throw error;
  });
  return {
    get token() {
      return holds ? token : undefined;
    },
    get isConnected() {
      return isConnected;
    },
    async look(isReady) {
      const seen = await view(isReady ? STAND_BY : LOOK);
      if (seen === undefined) throw new Error('the row of the lease is gone');
      return seen;
    },
    take: () =>
      use(async (client, backend) => {
        await client.query(ALONE);
        const { rows } = await client.query<{ readonly leftMs: number }>(TAKE, [token, backend]);
        await client.query('COMMIT');
        holds = rows.length > 0;
        return rows[0];
      }),
    async renew() {
      const seen = await use(
        async (client, backend) => (await client.query<LeaseView>(RENEW, [token, backend])).rows[0],
      );
      holds = seen !== undefined;
      return seen;
    },
    lost() {
      holds = false;
    },
    release,
    async close() {
      if (holds) await release();
      await connection?.client.end().catch(() => undefined);
    },
  };
}

/**
 * Keeps everybody from writing and from taking the lease until the connection ends; false while somebody has it. The lock
 * belongs to a transaction: one of a session would stay on a pooler's connection, which does not end with ours.
 */
export async function takeAllWrites(client: Client): Promise<boolean> {
  await client.query('BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0');
  const lock = await client.query<{ readonly held: boolean }>(
    `SELECT pg_try_advisory_xact_lock(${WRITES_LOCK}) AS held`,
  );
  if (lock.rows[0]?.held !== true) return false;
  const table = await client.query(`SELECT WHERE to_regclass('leader_lease') IS NOT NULL`);
  if (table.rows.length === 0) return true;
  return (
    (await client.query('SELECT FROM leader_lease WHERE expires_at > clock_timestamp()')).rows.length === 0
  );
}

function giveUp(client: Client): void {
  client.end().catch(() => undefined);
}

function seconds(ms: number): string {
  return `interval '${ms / 1000} s'`;
}
