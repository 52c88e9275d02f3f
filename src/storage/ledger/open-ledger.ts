import { Kysely } from 'kysely';
import type { Clock } from '../../calendar/clock.ts';
import type { DeliveryLedger } from '../../delivery/delivery-ledger.ts';
import type { PostLedger } from '../../digest/post.ts';
import type { ForYouChoices } from '../../for-you/choices.ts';
import type { SavedPapers } from '../../papers/saved-papers.ts';
import type { ReadingStore } from '../../reading/reading-store.ts';
import type { DestinationStore } from '../../subscriptions/destination.ts';
import type { FollowStore } from '../../subscriptions/follow-paper.ts';
import { isPostgres, ledgerFile } from '../ledger-file.ts';
import { createKeyvStores, type KeyvStores } from './keyv-stores.ts';
import { openPostgres, type SharedDatabase } from './database/postgres.ts';
import { type HeldDatabase, openSqlite } from './database/sqlite.ts';
import { access, timeTransactions } from './database/transact.ts';
import { countLedger, type LedgerCounts } from './ledger-counts.ts';
import { createPurge } from './purge.ts';
import { createRowLog, type LedgerLog } from './row-log.ts';
import { createSqlDeliveryLedger } from './sql-delivery-ledger.ts';
import { createSqlPostLedger } from './sql-post-ledger.ts';
import { createSqlDestinationStore } from './sql-destination-store.ts';
import { createSqlFollowStore } from './sql-follow-store.ts';
import { createSqlForYouChoices } from './sql-for-you-choices.ts';
import { createSqlReadingStore } from './sql-reading-store.ts';
import { createSqlSavedPapers } from './sql-saved-papers.ts';
import { migrate, type Tables } from './database/tables.ts';

/** What people made, and what was done for them. */
export interface Ledger extends KeyvStores {
  readonly destinations: DestinationStore;
  readonly deliveries: DeliveryLedger;
  readonly posts: PostLedger;
  readonly follows: FollowStore;
  readonly savedPapers: SavedPapers;
  readonly forYouChoices: ForYouChoices;
  counts(): Promise<LedgerCounts>;
  readonly readingGroups: ReadingStore;
  /** With several processes: who leads, and whose turn it is. Undefined where one process alone opens it. */
  readonly shared?: SharedDatabase | undefined;
  /** Whether its path still leads to it: what is written to a file that was removed is lost when the process ends. */
  isInPlace(): boolean;
  /** Brings the tables to this version; whoever shares the ledger may do so once it leads. Raises `StorageError`. */
  migrate(): Promise<void>;
  /** Deletes, once a day, what is too old to matter; never rejects. */
  purgeIfDue(): Promise<void>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

export interface LedgerOptions {
  /** `sqlite://` and a path, or the address of a PostgreSQL database. */
  readonly url: string;
  readonly clock: Clock;
  readonly log: LedgerLog;
  /** Told how long each transaction took, in ms. */
  readonly onWrite?: ((ms: number) => void) | undefined;
}

/**
 * Opens the ledger. SQLite's is held: a second process on the same one gets a `StorageError`. PostgreSQL's is shared: who
 * has taken its lease migrates and writes.
 */
export async function openLedger({ url, clock, log, onWrite }: LedgerOptions): Promise<Ledger> {
  const opened: HeldDatabase & { readonly shared?: SharedDatabase } = await (isPostgres(url)
    ? openPostgres(url, log)
    : openSqlite(ledgerFile(url)));
  const { dialect, release, shared, isInPlace = () => true } = opened;
  const db = new Kysely<Tables>({ dialect: onWrite ? timeTransactions(dialect, onWrite) : dialect });
  const purge = createPurge(db, clock, log);
  const close = async (): Promise<void> => {
    await purge.stop();
    // SQLite's one connection is had when what came before is done; PostgreSQL's pool waits by itself.
    await db.connection().execute(() => Promise.resolve());
    await db.destroy();
    await release();
  };
  const bringUpToDate = () =>
    access(() => migrate(db, isPostgres(url) ? 'in DATABASE_URL' : ledgerFile(url)));
  if (shared === undefined) {
    await bringUpToDate().catch(async (error: unknown) => {
      await close().catch(() => undefined);
      throw error;
    });
  }
  const rows = createRowLog(log);
  return {
    destinations: createSqlDestinationStore(db, clock, rows),
    deliveries: createSqlDeliveryLedger(db, rows),
    posts: createSqlPostLedger(db, rows),
    follows: createSqlFollowStore(db, clock, rows),
    savedPapers: createSqlSavedPapers(db, rows),
    forYouChoices: createSqlForYouChoices(db),
    readingGroups: createSqlReadingStore(db, clock, rows),
    ...createKeyvStores(db, clock, rows),
    counts: () => countLedger(db, clock.now()),
    shared,
    isInPlace,
    migrate: bringUpToDate,
    purgeIfDue: () => purge.purgeIfDue(),
    close: () => access(close),
  };
}
