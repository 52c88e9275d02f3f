import { type Kysely, PostgresAdapter, sql, type Transaction } from 'kysely';
import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator } from 'kysely/migration';
import { StorageError } from '../../../errors.ts';

/** An instant in ms. */
type Time = number;
/** 0 or 1. */
type Flag = number;

/** The tables of the ledger. A `document` is JSON and holds all; the columns beside it are what is looked for. */
export interface Tables {
  /** With their subscriptions. */
  destinations: {
    id: string;
    guild_id: string | null;
    next_slot: Time;
    /** Null without roundups. */
    next_roundup: Time | null;
    instantly: Flag;
    paused_at: Time | null;
    trouble_kind: string | null;
    trouble_tried_at: Time | null;
    last_delivered_at: Time | null;
    created_at: Time;
    document: string;
  };
  /** With their steps. */
  deliveries: {
    id: string;
    destination_id: string;
    subscription_id: string | null;
    slot: Time;
    state: string;
    /** Whether a step of it was sent. */
    is_sent: Flag;
    planned_at: Time;
    closed_at: Time | null;
    document: string;
  };
  /** Messages that are refreshed, by the step that made them. */
  posts: { delivery_id: string; n: number; refresh_at: Time; document: string };
  records: {
    destination_id: string;
    paper_id: string;
    kind: string;
    message_id: string | null;
    code: number | null;
    unconfirmed: Flag;
    at: Time;
  };
  /** Papers that are followed one by one. */
  follows: { destination_id: string; paper_id: string; followed_at: Time; until: Time; document: string };
  /** The libraries of people. */
  saves: { user_id: string; paper_id: string; saved_at: Time; document: string };
  /** Papers that were not for a person. */
  dismissals: { user_id: string; paper_id: string; dismissed_at: Time };
  /** In which servers the saves of a person count for channels. */
  counted_saves: { user_id: string; guild_id: string; agreed_at: Time };
  /** How servers read together. */
  reading_groups: { guild_id: string; document: string };
  /** One of a server is open at most. */
  meetings: {
    id: string;
    guild_id: string;
    is_open: Flag;
    /** When an open one is to be looked at, or when a closed one ended. */
    wake_at: Time;
    created_at: Time;
    presenter_id: string | null;
    document: string;
  };
  nominations: { guild_id: string; paper_id: string; nominated_at: Time; user_id: string | null };
  /** Of polls by buttons. */
  meeting_votes: { meeting_id: string; user_id: string; paper_id: string };
  /** Who takes turns to present, in their order. */
  presenters: { guild_id: string; turn: number; user_id: string };
  key_values: { namespace: string; key: string; value: string; expires_at: Time | null };
}

export type Database = Kysely<Tables>;
export type LedgerTransaction = Transaction<Tables>;

/** SQL that both databases read. What is due, what is open and what is old are each found by an index. */
const FIRST = [
  `CREATE TABLE destinations (
    id TEXT PRIMARY KEY, guild_id TEXT, next_slot BIGINT NOT NULL, instantly INTEGER NOT NULL, paused_at BIGINT,
    trouble_kind TEXT, trouble_tried_at BIGINT, last_delivered_at BIGINT, created_at BIGINT NOT NULL,
    document TEXT NOT NULL)`,
  'CREATE INDEX destinations_by_slot ON destinations (next_slot) WHERE paused_at IS NULL',
  'CREATE INDEX destinations_by_guild ON destinations (guild_id)',
  `CREATE INDEX destinations_gone ON destinations (trouble_tried_at) WHERE trouble_kind = 'gone'`,
  'CREATE INDEX destinations_by_success ON destinations (last_delivered_at)',
  // Deliveries and records refer to a destination that may be removed: no foreign key.
  `CREATE TABLE deliveries (
    id TEXT PRIMARY KEY, destination_id TEXT NOT NULL, subscription_id TEXT, slot BIGINT NOT NULL, state TEXT NOT NULL,
    is_sent INTEGER NOT NULL, planned_at BIGINT NOT NULL, closed_at BIGINT, document TEXT NOT NULL)`,
  `CREATE UNIQUE INDEX deliveries_one_open ON deliveries (destination_id) WHERE state = 'open'`,
  'CREATE INDEX deliveries_by_destination ON deliveries (destination_id, closed_at)',
  'CREATE INDEX deliveries_by_closing ON deliveries (closed_at)',
  'CREATE INDEX deliveries_samples ON deliveries (subscription_id) WHERE subscription_id IS NOT NULL',
  `CREATE TABLE posts (
    delivery_id TEXT NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE, n INTEGER NOT NULL,
    refresh_at BIGINT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (delivery_id, n))`,
  'CREATE INDEX posts_by_refresh ON posts (refresh_at)',
  `CREATE TABLE records (
    destination_id TEXT NOT NULL, paper_id TEXT NOT NULL, kind TEXT NOT NULL, message_id TEXT, code INTEGER,
    unconfirmed INTEGER NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (destination_id, paper_id))`,
  'CREATE INDEX records_by_age ON records (at)',
  `CREATE TABLE follows (
    destination_id TEXT NOT NULL, paper_id TEXT NOT NULL, followed_at BIGINT NOT NULL, until BIGINT NOT NULL,
    document TEXT NOT NULL, PRIMARY KEY (destination_id, paper_id))`,
  'CREATE INDEX follows_by_paper ON follows (paper_id, until, destination_id)',
  'CREATE INDEX follows_by_end ON follows (until)',
  `CREATE TABLE saves (
    user_id TEXT NOT NULL, paper_id TEXT NOT NULL, saved_at BIGINT NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (user_id, paper_id))`,
  'CREATE INDEX saves_by_time ON saves (user_id, saved_at, paper_id)',
  `CREATE TABLE key_values (
    namespace TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, expires_at BIGINT, PRIMARY KEY (namespace, key))`,
  'CREATE INDEX key_values_by_expiry ON key_values (expires_at) WHERE expires_at IS NOT NULL',
];

const FOR_YOU = [
  `CREATE TABLE dismissals (
    user_id TEXT NOT NULL, paper_id TEXT NOT NULL, dismissed_at BIGINT NOT NULL, PRIMARY KEY (user_id, paper_id))`,
  'CREATE INDEX dismissals_by_time ON dismissals (user_id, dismissed_at, paper_id)',
  `CREATE TABLE counted_saves (
    user_id TEXT NOT NULL, guild_id TEXT NOT NULL, agreed_at BIGINT NOT NULL, PRIMARY KEY (user_id, guild_id))`,
  'CREATE INDEX counted_saves_by_guild ON counted_saves (guild_id, agreed_at, user_id)',
];

const ROUNDUPS = [
  'ALTER TABLE destinations ADD COLUMN next_roundup BIGINT',
  `CREATE INDEX destinations_by_roundup ON destinations (next_roundup)
    WHERE next_roundup IS NOT NULL AND paused_at IS NULL`,
];

const READING = [
  'CREATE TABLE reading_groups (guild_id TEXT NOT NULL PRIMARY KEY, document TEXT NOT NULL)',
  `CREATE TABLE meetings (
    id TEXT PRIMARY KEY, guild_id TEXT NOT NULL, is_open INTEGER NOT NULL, wake_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL, presenter_id TEXT, document TEXT NOT NULL)`,
  'CREATE UNIQUE INDEX meetings_one_open ON meetings (guild_id) WHERE is_open = 1',
  'CREATE INDEX meetings_due ON meetings (wake_at) WHERE is_open = 1',
  'CREATE INDEX meetings_by_guild ON meetings (guild_id, created_at)',
  'CREATE INDEX meetings_by_presenter ON meetings (presenter_id) WHERE presenter_id IS NOT NULL',
  `CREATE TABLE nominations (
    guild_id TEXT NOT NULL, paper_id TEXT NOT NULL, nominated_at BIGINT NOT NULL, user_id TEXT,
    PRIMARY KEY (guild_id, paper_id))`,
  'CREATE INDEX nominations_by_person ON nominations (user_id) WHERE user_id IS NOT NULL',
  `CREATE TABLE meeting_votes (
    meeting_id TEXT NOT NULL, user_id TEXT NOT NULL, paper_id TEXT NOT NULL, PRIMARY KEY (meeting_id, user_id))`,
  'CREATE INDEX meeting_votes_by_person ON meeting_votes (user_id)',
  `CREATE TABLE presenters (
    guild_id TEXT NOT NULL, turn INTEGER NOT NULL, user_id TEXT NOT NULL, PRIMARY KEY (guild_id, turn))`,
  'CREATE INDEX presenters_by_person ON presenters (user_id)',
];

/** In the order of their names; one that was released is never changed. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-first': runAll(FIRST),
  '002-for-you': runAll(FOR_YOU),
  '003-reading': runAll(READING),
  '004-roundups': runAll(ROUNDUPS),
};

function runAll(statements: readonly string[]): Migration {
  return {
    async up(db: Kysely<unknown>) {
      for (const statement of statements) await sql.raw(statement).execute(db);
    },
  };
}

/** Brings the tables to this version, or to `latest`. Raises `StorageError`, and then nothing has changed. */
export async function migrate(db: Database, place: string, latest?: string): Promise<void> {
  const done = await listMigrations(db, place);
  // The migrator asks the database many questions first. A take-over has no time for them.
  if (latest === undefined && done?.length === Object.keys(MIGRATIONS).length) return;
  if (done === undefined) await expectEmpty(db, place);
  const schema = await currentSchema(db);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
  });
  const { error } = await (latest === undefined ? migrator.migrateToLatest() : migrator.migrateTo(latest));
  if (error !== undefined)
    throw new StorageError(`The ledger ${place} could not be brought up to date.`, error);
}

export function newerVersion(place: string): StorageError {
  return new StorageError(
    `The ledger ${place} was written by a newer version of Paperboy. Start that version, or restore a backup: see docs/operating.md`,
  );
}

/** Which ones were run, in their order; undefined where there is no ledger. Raises `StorageError` for a newer version. */
export async function listMigrations(db: Database, place: string): Promise<readonly string[] | undefined> {
  if (!(await listNames(db)).includes(DEFAULT_MIGRATION_TABLE)) return undefined;
  const done = sql<{ readonly name: string }>`SELECT name FROM ${sql.table(DEFAULT_MIGRATION_TABLE)}`;
  const names = (await done.execute(db)).rows.map(({ name }) => name);
  if (names.some((name) => !(name in MIGRATIONS))) throw newerVersion(place);
  return names.toSorted((one, other) => one.localeCompare(other));
}

/** A database of something else, or of another version, is not touched. */
async function expectEmpty(db: Database, place: string): Promise<void> {
  if ((await listNames(db)).length === 0) return;
  throw new StorageError(
    `${place} holds tables that are no ledger of this version of Paperboy. It was left untouched. Name another place in DATABASE_URL.`,
  );
}

/** Of all tables. */
async function listNames(db: Database): Promise<readonly string[]> {
  const schema = await currentSchema(db);
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  const own = tables.filter((table) => table.schema === schema && table.name !== 'leader_lease');
  return own.map(({ name }) => name);
}

/** On PostgreSQL rows are locked one by one; SQLite has one writer. */
export function locksRows(db: Database): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** Kysely would take another schema's tables for those of this one. */
async function currentSchema(db: Database): Promise<string | undefined> {
  if (!locksRows(db)) return undefined;
  const { rows } = await sql<{ readonly name: string }>`SELECT current_schema() AS name`.execute(db);
  return rows[0]?.name;
}
