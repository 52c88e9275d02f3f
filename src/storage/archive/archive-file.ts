import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../../errors.ts';
import { removeDatabase } from '../sqlite-file.ts';
import {
  type ArchiveLog,
  type Damage,
  damageOf,
  earlierFile,
  openDatabase,
  setAside,
  transact,
} from './open-database.ts';
import { createCollectionRecord, createPaperStore, type PaperStore } from './paper-store.ts';
import { CollectedDayRow, EndedAtRow, PaperRow, VersionRow } from './schema.ts';
import { ARCHIVE_TABLES } from './tables.ts';
import { createPaperWriter } from './write-papers.ts';

/** The archive's file, which is replaced by an empty one when it turns out to be broken while it is open. */
export interface ArchiveFile {
  /**
   * Runs work on the archive; whatever is raised becomes a `StorageError`, also where the file was replaced because
   * of it: no answer of an empty archive is taken for one of the archive before. `what` completes "could not …".
   */
  use<T>(what: string, work: (store: PaperStore) => T): T;
  /** For what another connection found. */
  repair(damage: Damage, error: unknown): void;
  close(): void;
}

interface ArchiveFileOptions {
  readonly file: string;
  readonly log: ArchiveLog;
  /** Another file is in its place now. */
  readonly onReplaced: () => void;
}

interface Connection {
  readonly database: DatabaseSync;
  readonly store: PaperStore;
}

/** Raises `StorageError` where the file cannot be opened. */
export function openArchiveFile({ file, log, onReplaced }: ArchiveFileOptions): ArchiveFile {
  let present: Connection | undefined = openFirst(file, log);
  let isClosed = false;

  function connection(): Connection {
    if (isClosed) throw new StorageError('The archive is closed.');
    present ??= connect(file, log);
    return present;
  }

  function repair(damage: Damage, error: unknown): void {
    if (damage === 'none' || isClosed) return;
    closeQuietly(present);
    present = undefined;
    try {
      const kept = damage === 'certain' ? { setAside: setAside(file) } : {};
      log.error({ err: error, ...kept }, 'the archive broke: it is opened anew, and collected again');
      present = connect(file, log);
    } catch (failure) {
      log.error(
        { err: failure },
        'the archive could not be opened anew, and is tried again when it is needed',
      );
    }
    onReplaced();
  }

  function use<T>(what: string, work: (store: PaperStore) => T): T {
    try {
      return work(connection().store);
    } catch (error) {
      repair(damageOf(error), error);
      throw error instanceof StorageError ? error : new StorageError(`The archive could not ${what}.`, error);
    }
  }

  return {
    use,
    repair,
    close() {
      present?.database.close();
      present = undefined;
      isClosed = true;
    },
  };
}

/** There is nothing to repair yet: `connect` has set aside what is broken. */
function openFirst(file: string, log: ArchiveLog): Connection {
  try {
    return connect(file, log);
  } catch (error) {
    if (error instanceof StorageError) throw error;
    const needed = 'The bot needs a file there that it can read and write, and that no other program holds.';
    throw new StorageError(`The archive ${file} could not be opened. ${needed}`, error);
  }
}

function connect(file: string, log: ArchiveLog): Connection {
  const database = openDatabase(file, log);
  try {
    return { database, store: prepareStore(database, file, log) };
  } catch (error) {
    database.close();
    throw error;
  }
}

function prepareStore(database: DatabaseSync, file: string, log: ArchiveLog): PaperStore {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -2000;');
  const { user_version: version } = VersionRow.parse(database.prepare('PRAGMA user_version').get());
  if (version === 0) {
    transact(database, () => {
      database.exec(ARCHIVE_TABLES);
      migrateArchive(database, file, log);
    });
  }
  removeDatabase(earlierFile(file));
  return createPaperStore(database);
}

function closeQuietly(connection: Connection | undefined): void {
  try {
    connection?.database.close();
  } catch {
    // What the file still says is of no use any more.
  }
}

/**
 * Writes what an archive of another version held; papers that cannot be read, or all of it, are left to be collected
 * again. To be called in the transaction that makes the tables, so that a crash leaves nothing half done.
 */
function migrateArchive(target: DatabaseSync, file: string, log: ArchiveLog): void {
  const earlier = earlierFile(file);
  if (!existsSync(earlier)) return;
  let source: DatabaseSync | undefined;
  try {
    source = new DatabaseSync(earlier);
    const papers = migratePapers(source, target);
    migrateCollections(source, target);
    log.warn({ papers }, 'the archive was of another version: its papers were migrated');
  } catch (error) {
    log.warn({ err: error }, 'the archive was of another version, and is collected again');
  } finally {
    source?.close();
  }
}

function migratePapers(source: DatabaseSync, target: DatabaseSync): number {
  const { write } = createPaperWriter(target);
  let papers = 0;
  for (const row of source.prepare('SELECT data, list_day, first_seen_at FROM papers').iterate()) {
    const read = PaperRow.safeParse(row);
    if (!read.success) continue;
    const { list_day: listDay, first_seen_at: seenAt, data } = read.data;
    const { listDay: _given, ...paper } = data;
    write(listDay === null ? paper : { ...paper, listDay }, seenAt);
    papers++;
  }
  return papers;
}

function migrateCollections(source: DatabaseSync, target: DatabaseSync): void {
  const { recordCollectedDay, recordCollection } = createCollectionRecord(target);
  for (const row of source.prepare('SELECT day, ended_at FROM collected_days ORDER BY day').all()) {
    const { day, ended_at: endedAt } = CollectedDayRow.parse(row);
    recordCollectedDay(day, endedAt);
  }
  const last = source.prepare('SELECT ended_at FROM collections').get();
  if (last !== undefined) recordCollection(EndedAtRow.parse(last).ended_at);
}
