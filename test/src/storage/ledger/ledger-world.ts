import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe } from 'vitest';
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

interface Server {
  readonly name: 'SQLite' | 'PostgreSQL';
  create(): Promise<Place>;
}

interface Place {
  readonly url: string;
  run(sql: string): Promise<readonly unknown[]>;
  remove(): Promise<void>;
}

const SERVER_URL = 'postgres://postgres@127.0.0.1:5432/postgres';
export const NOW = Date.UTC(2026, 5, 8, 9);

const sqlite: Server = {
  name: 'SQLite',
  async create() {
    const folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
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
const postgres: Server = {
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

const hasPostgres = await query(SERVER_URL, 'SELECT 1').then(
  () => true,
  () => false,
);

/** The same tests on both databases; those on PostgreSQL only where one answers. */
export function describeLedger(title: string, tests: (world: LedgerWorld) => void): void {
  describe(`${title}, on SQLite`, () => tests(createWorld(sqlite)));
  if (hasPostgres) describe(`${title}, on PostgreSQL`, () => tests(createWorld(postgres)));
  else
    describe.skip(`${title}, on PostgreSQL: none answers on this machine`, () =>
      tests(createWorld(postgres)));
}

export function describeSqliteLedger(title: string, tests: (world: LedgerWorld) => void): void {
  describe(title, () => tests(createWorld(sqlite)));
}

function createWorld(server: Server): LedgerWorld {
  let place: Place;
  let ledger: Ledger;
  let logged: object[] = [];
  const world = {
    now: NOW,
    get ledger() {
      return ledger;
    },
    get url() {
      return place.url;
    },
    get logged() {
      return logged;
    },
    async open() {
      const clock = { now: () => world.now, sleep: () => Promise.resolve() };
      const log = { error: (fields: object) => void logged.push(fields) };
      ledger = await openLedger({ url: place.url, clock, log });
      return ledger;
    },
    async reopen() {
      await ledger.close();
      await world.open();
    },
    run: (sql: string) => place.run(sql),
  };

  beforeEach(async () => {
    world.now = NOW;
    logged = [];
    place = await server.create();
    await world.open();
  });

  afterEach(async () => {
    await ledger.close().catch(() => undefined);
    await place.remove();
  });

  return world;
}
