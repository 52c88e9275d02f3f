import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../errors.ts';

/**
 * Holds a file for as long as the process lives; the system lets go of it when the process ends, however it ends.
 * Raises `StorageError` when another process holds it.
 */
export function lockFile(file: string): () => void {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
  } catch (error) {
    database.close();
    throw new StorageError(
      `Another Paperboy is running on this state (${file} is held). Stop it first.`,
      error,
    );
  }
  return () => database.close();
}
