import { StorageError } from '../../errors.ts';

/** Runs work on the archive; whatever SQLite raises becomes a `StorageError`. `what` completes "could not …". */
export function attempt<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof StorageError) throw error;
    throw new StorageError(`The archive could not ${what}.`, error);
  }
}
