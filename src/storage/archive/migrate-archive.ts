import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { createCollectionRecord } from './paper-store.ts';
import { type ArchiveLog, earlierFile } from './open-database.ts';
import { CollectedDayRow, EndedAtRow, PaperRow } from './schema.ts';
import { createPaperWriter } from './write-papers.ts';

/**
 * Writes what an archive of another version held; papers that cannot be read, or all of it, are left to be collected
 * again. To be called in the transaction that makes the tables, so that a crash leaves nothing half done.
 */
export function migrateArchive(target: DatabaseSync, file: string, log: ArchiveLog): void {
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
