import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../errors.ts';
import { UserVersionRow } from './state/schema.ts';

/** Raised when records change their shape, so that no older version of the bot reads them wrongly. */
export const STATE_VERSION = 3;

/** Marks a state as of this version. Raises `StorageError` when it is of a newer one, or cannot be written. */
export function stampVersion(file: string, timeoutMs: number): void {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: timeoutMs });
    const { user_version: version } = UserVersionRow.parse(database.prepare('PRAGMA user_version').get());
    if (version > STATE_VERSION) throw newerVersion(file);
    if (version < STATE_VERSION) database.exec(`PRAGMA user_version = ${STATE_VERSION}`);
  } catch (error) {
    if (error instanceof StorageError) throw error;
    throw new StorageError(`The state ${file} could not be written.`, error);
  } finally {
    database?.close();
  }
}

export function newerVersion(what: string): StorageError {
  return new StorageError(
    `The state ${what} was written by a newer version of Paperboy. Start that version, or restore a backup: npm run restore -- FILE`,
  );
}
