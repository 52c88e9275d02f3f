import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, type TestContext } from 'vitest';
import { type Ledger, openLedger } from '../../../../src/storage/ledger/open-ledger.ts';

/** The ledger of a test, in a database of its own. */
export interface LedgerWorld {
  readonly ledger: Ledger;
  readonly url: string;
  readonly logged: readonly object[];
  now: number;
  open(): Promise<Ledger>;
  /** Closes the ledger and opens it again, as a restart does. */
  reopen(): Promise<void>;
  /** Runs SQL behind the bot's back. */
  run(sql: string): Promise<readonly unknown[]>;
}

export interface TestDatabase {
  readonly name: 'SQLite' | 'PostgreSQL';
  create(): Promise<Place>;
}

export interface Place {
  readonly url: string;
  run(sql: string): Promise<readonly unknown[]>;
  remove(): Promise<void>;
}

/** In memory where the system has it: hundreds of writes then wait for no disk. */
const FOLDER = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
export const SERVER_URL = 'postgres://postgres@127.0.0.1:5432/postgres';
export const NOW = Date.UTC(2026, 5, 8, 9);

export const SQLITE: TestDatabase = {
  name: 'SQLite',
  async create() {
    const folder = mkdtempSync(path.join(FOLDER, 'paperboy-'));
    const file = path.join(folder, 'new', 'paperboy.sqlite');
    return {
      url: `sqlite://${file}`,
      async run(sql) {
        const database = new DatabaseSync(file, { timeout: 1000 });
        try {
          return database.prepare(sql).all();
        } finally {
          database.close();
        }
      },
      async remove() {
        rmSync(folder, { recursive: true });
      },
    };
  },
};

/** A schema of its own stands for a database of its own. */
export const POSTGRES: TestDatabase = {
  name: 'PostgreSQL',
  async create() {
    const schema = `paperboy_test_${randomBytes(6).toString('hex')}`;
    await query(SERVER_URL, `CREATE SCHEMA ${schema}`);
    const url = `${SERVER_URL}?options=-csearch_path%3D${schema}`;
    return {
      url,
      run: (sql) => query(url, sql),
      remove: async () => void (await query(SERVER_URL, `DROP SCHEMA ${schema} CASCADE`)),
    };
  },
};

async function query(url: string, sql: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Whether a server answers; without one, a suite that needs it skips and says so. */
export const hasPostgres = await query(SERVER_URL, 'SELECT 1').then(
  () => true,
  () => false,
);

/** Takes the lease where there is one, and migrates under it. */
export async function lead({ shared, migrate }: Ledger): Promise<void> {
  if (shared === undefined) return;
  if ((await shared.lease.take()) === undefined) throw new Error('the lease is not free');
  await migrate();
}

/** A suite runs on each. */
export const DATABASES = [SQLITE, POSTGRES];

/** A test on PostgreSQL runs where a server answers without a password, as in `.ci/run`; elsewhere it says why not. */
export function requireDatabase(database: TestDatabase, context: TestContext): void {
  if (database === POSTGRES && !hasPostgres) context.skip(`no PostgreSQL answers at ${SERVER_URL}`);
}

/** A fresh ledger for each test of a suite. */
export function useLedger(database: TestDatabase): LedgerWorld {
  let place: Place | undefined;
  let ledger: Ledger | undefined;
  let logged: object[] = [];
  const world = {
    now: NOW,
    get ledger() {
      return expectThere(ledger);
    },
    get url() {
      return expectThere(place).url;
    },
    get logged() {
      return logged;
    },
    async open() {
      const clock = { now: () => world.now, monotonic: () => world.now, sleep: () => Promise.resolve() };
      const log = { error: (fields: object) => void logged.push(fields) };
      const opened = await openLedger({ url: world.url, clock, log });
      ledger = opened;
      await lead(opened).catch(async (error: unknown) => {
        await opened.close();
        throw error;
      });
      return opened;
    },
    async reopen() {
      await world.ledger.close();
      await world.open();
    },
    run: (sql: string) => expectThere(place).run(sql),
  };

  beforeEach(async (context) => {
    requireDatabase(database, context);
    world.now = NOW;
    logged = [];
    place = await database.create();
    await world.open();
  });

  afterEach(async () => {
    await ledger?.close().catch(() => undefined);
    await place?.remove();
  });

  return world;
}

function expectThere<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the ledger is not open yet');
  return value;
}
