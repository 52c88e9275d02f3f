import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../errors.ts';
import { sqliteResult } from './sqlite-result.ts';

/**
 * Holds a file for as long as the process lives; the system lets go of it when the process ends, however it ends.
 * Raises `StorageError` when another process holds it, or when it cannot be held at all.
 */
export function lockFile(file: string): () => void {
  let database: DatabaseSync | undefined;
  try {
    const held = new DatabaseSync(file);
    database = held;
    held.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
    return () => held.close();
  } catch (error) {
    database?.close();
    const reason =
      sqliteResult(error) === 'busy'
        ? `Another Paperboy is running on this ledger (${file} is held). Stop it first.`
        : `The lock of the ledger, ${file}, could not be taken.`;
    throw new StorageError(reason, error);
  }
}
