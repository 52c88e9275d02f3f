import { StorageError } from '../../errors.ts';

/** Runs work on the archive; whatever SQLite raises becomes a `StorageError`. `what` completes "could not …". */
export function attempt<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asStorageError(what, error);
  }
}

/** The same for work that takes its time. */
export async function attemptLater<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asStorageError(what, error);
  }
}

function asStorageError(what: string, error: unknown): StorageError {
  return error instanceof StorageError ? error : new StorageError(`The archive could not ${what}.`, error);
}
