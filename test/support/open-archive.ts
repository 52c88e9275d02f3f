import path from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import type { PaperArchive } from '../../src/papers/paper-archive.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { type ArchiveReader, createArchiveReader } from '../../src/storage/archive/queries/archive-worker.ts';
import { openSqliteArchive, type SqliteArchive } from '../../src/storage/archive/sqlite-paper-archive.ts';

export const SEEN_AT = Date.UTC(2026, 5, 9);

export interface TestArchive extends SqliteArchive {
  readonly file: string;
}

/** An archive in a folder of its own, which goes when it is closed. */
export function openTestArchive(papers: readonly Paper[] = []): TestArchive {
  const folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
  const file = path.join(folder, 'archive.sqlite');
  const opened = openSqliteArchive({ path: file });
  opened.archive.save(papers, SEEN_AT);
  return {
    ...opened,
    file,
    async close() {
      await opened.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export interface TestReader extends ArchiveReader {
  readonly archive: PaperArchive;
  close(): Promise<void>;
}

/** What the thread of queries does, in the thread of the test. */
export function openTestReader(papers: readonly Paper[]): TestReader {
  const opened = openTestArchive(papers);
  const database = new DatabaseSync(opened.file, { readOnly: true });
  return {
    ...createArchiveReader(database),
    archive: opened.archive,
    async close() {
      database.close();
      await opened.close();
    },
  };
}
