import { StorageError } from '../errors.ts';

export function newerVersion(what: string): StorageError {
  return new StorageError(
    `The ledger ${what} was written by a newer version of Paperboy. Start that version, or restore a backup: npm run restore -- FILE`,
  );
}
