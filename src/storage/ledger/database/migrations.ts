import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** SQL that both databases read. What is due, what is open and what is old are each found by an index. */
const FIRST = [
  `CREATE TABLE destinations (
    id TEXT PRIMARY KEY, guild_id TEXT, place TEXT NOT NULL, schedule TEXT NOT NULL, style TEXT NOT NULL,
    max INTEGER NOT NULL, overflow TEXT NOT NULL, mention TEXT, next_slot BIGINT NOT NULL, covered_slot BIGINT,
    mentioned_on TEXT, last_delivered_at BIGINT, paused_at BIGINT, trouble_kind TEXT, trouble_code INTEGER,
    trouble_since BIGINT, trouble_tried_at BIGINT, created_at BIGINT NOT NULL)`,
  'CREATE INDEX destinations_by_slot ON destinations (next_slot) WHERE paused_at IS NULL',
  'CREATE INDEX destinations_by_guild ON destinations (guild_id)',
  `CREATE INDEX destinations_gone ON destinations (trouble_tried_at) WHERE trouble_kind = 'gone'`,
  'CREATE INDEX destinations_by_success ON destinations (last_delivered_at)',
  `CREATE TABLE subscriptions (
    id TEXT PRIMARY KEY, destination_id TEXT NOT NULL REFERENCES destinations (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, name TEXT NOT NULL, query TEXT NOT NULL, min_upvotes INTEGER NOT NULL,
    start_day TEXT NOT NULL, created_at BIGINT NOT NULL, created_by TEXT NOT NULL)`,
  'CREATE INDEX subscriptions_by_destination ON subscriptions (destination_id)',
  // Deliveries and records refer to a destination that may be removed: no foreign key.
  `CREATE TABLE deliveries (
    id TEXT PRIMARY KEY, destination_id TEXT NOT NULL, place TEXT NOT NULL, kind TEXT NOT NULL, subscription_id TEXT,
    slot BIGINT NOT NULL, state TEXT NOT NULL, given_up_reason TEXT, given_up_at BIGINT, mention TEXT NOT NULL,
    planned_at BIGINT NOT NULL, closed_at BIGINT)`,
  `CREATE UNIQUE INDEX deliveries_one_open ON deliveries (destination_id) WHERE state = 'open'`,
  'CREATE INDEX deliveries_by_destination ON deliveries (destination_id, closed_at)',
  'CREATE INDEX deliveries_by_closing ON deliveries (closed_at)',
  `CREATE INDEX deliveries_samples ON deliveries (subscription_id) WHERE kind = 'sample'`,
  `CREATE TABLE steps (
    delivery_id TEXT NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE, n INTEGER NOT NULL,
    position INTEGER NOT NULL, kind TEXT NOT NULL, thread_of INTEGER, payload TEXT, plain TEXT, form TEXT NOT NULL,
    status TEXT NOT NULL, attempts INTEGER NOT NULL, first_attempt_at BIGINT, refusal INTEGER,
    mentions INTEGER NOT NULL, unconfirmed INTEGER NOT NULL, message_id TEXT, code INTEGER,
    PRIMARY KEY (delivery_id, n))`,
  `CREATE TABLE step_papers (
    delivery_id TEXT NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE, n INTEGER, position INTEGER NOT NULL,
    paper_id TEXT NOT NULL)`,
  'CREATE INDEX step_papers_by_delivery ON step_papers (delivery_id)',
  `CREATE TABLE records (
    destination_id TEXT NOT NULL, paper_id TEXT NOT NULL, kind TEXT NOT NULL, message_id TEXT, code INTEGER,
    unconfirmed INTEGER NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (destination_id, paper_id))`,
  'CREATE INDEX records_by_age ON records (at)',
  `CREATE TABLE key_values (
    namespace TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, expires_at BIGINT, PRIMARY KEY (namespace, key))`,
  'CREATE INDEX key_values_by_expiry ON key_values (expires_at) WHERE expires_at IS NOT NULL',
];

/** In the order of their names; one that was released is never changed. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-first': { up: (db) => runAll(db, FIRST) },
};

async function runAll(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
