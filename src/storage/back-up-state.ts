import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../errors.ts';
import { removeDatabase } from './move-database.ts';
import { stateFile } from './open-state.ts';
import { type StateSummary, verifyState } from './verify-state.ts';

const BUSY_TIMEOUT_MS = 10_000;

/**
 * Copies the state as it is at one instant to a file that must not exist, and reads the copy through; a bot may be
 * running on the state and go on writing meanwhile. Raises `StorageError`, and then there is no such file.
 */
export function backUpState(url: string, to: string): StateSummary {
  const file = stateFile(url);
  const target = path.resolve(to);
  if (!existsSync(file)) throw new StorageError(`There is no state at ${file} to back up.`);
  if (existsSync(target)) throw new StorageError(`${target} exists already. Name a new file.`);
  const part = `${target}.part`;
  try {
    mkdirSync(path.dirname(target), { recursive: true });
    removeDatabase(part);
    copySnapshot(file, part);
    const summary = verifyState(part);
    flush(part);
    renameSync(part, target);
    return summary;
  } catch (error) {
    removeDatabase(part);
    if (error instanceof StorageError) throw error;
    throw new StorageError(`The state ${file} could not be copied to ${target}.`, error);
  }
}

/** One read transaction, which a writer does not disturb. https://www.sqlite.org/lang_vacuum.html#vacuuminto */
function copySnapshot(file: string, to: string): void {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.prepare('VACUUM INTO ?').run(to);
  } finally {
    database.close();
  }
}

function flush(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
