import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Instant } from '../calendar/zoned-time.ts';
import { StorageError } from '../errors.ts';
import { lockFile } from './lock-file.ts';
import { moveDatabase, removeDatabase } from './move-database.ts';
import { stateFile } from './open-state.ts';
import { type StateSummary, verifyState } from './verify-state.ts';

export interface Restored extends StateSummary {
  /** Where the state that was there before is kept; undefined when there was none. */
  readonly before?: string;
}

export interface RestoreOptions {
  /** `sqlite://` and a path. */
  readonly url: string;
  readonly from: string;
  readonly now: Instant;
}

/**
 * Puts a backup in the place of the state, which it keeps beside. Raises `StorageError`, and then nothing has changed:
 * while a bot runs on the state, and for a backup that is missing, broken or of a newer version.
 */
export function restoreState({ url, from, now }: RestoreOptions): Restored {
  const file = stateFile(url);
  const source = path.resolve(from);
  if (!existsSync(source)) throw new StorageError(`There is no backup at ${source}.`);
  if (source === file) throw new StorageError(`${source} is the state itself. Name a backup.`);
  mkdirSync(path.dirname(file), { recursive: true });
  const unlock = lockFile(`${file}.lock`);
  const copy = `${file}.restoring`;
  try {
    copyDatabase(source, copy);
    const summary = verifyCopy(copy, source);
    const before = `${file}.before-restore-${stampOf(now)}`;
    const hadState = existsSync(file);
    if (hadState) moveDatabase(file, before);
    moveDatabase(copy, file);
    return { ...summary, ...(hadState ? { before } : {}) };
  } catch (error) {
    if (error instanceof StorageError) throw error;
    throw new StorageError(`${source} could not be restored.`, error);
  } finally {
    removeDatabase(copy);
    unlock();
  }
}

/** The backup itself is never opened: SQLite may write beside, and even into, what it opens. */
function copyDatabase(source: string, copy: string): void {
  removeDatabase(copy);
  copyFileSync(source, copy);
  if (existsSync(`${source}-wal`)) copyFileSync(`${source}-wal`, `${copy}-wal`);
}

function verifyCopy(copy: string, source: string): StateSummary {
  try {
    return verifyState(copy);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    throw new StorageError(error.message.replace(copy, source), error.cause);
  }
}

function stampOf(now: Instant): string {
  return new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
}
