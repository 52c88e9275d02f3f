import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../errors.ts';
import { createBusyRetry } from './busy-retry.ts';
import { sqliteResult } from './sqlite-result.ts';

/**
 * Raises `StorageError` for a file that is broken, held by another program for longer than `patienceMs`, or out of
 * reach. A broken file is left as it is: what people made is in it.
 */
export async function checkFile(file: string, patienceMs?: number): Promise<void> {
  if (!existsSync(file)) return;
  let problem: unknown;
  try {
    problem = await createBusyRetry(patienceMs)(() => findProblem(file));
  } catch (error) {
    const result = sqliteResult(error);
    if (result === 'busy') {
      throw new StorageError(
        `The ledger ${file} is held by another program. Close that program first.`,
        error,
      );
    }
    if (result === 'other') throw new StorageError(`The ledger ${file} could not be opened.`, error);
    problem = error;
  }
  if (problem === 'ok') return;
  throw new StorageError(
    `The ledger ${file} cannot be read. It was left untouched. Put a backup in its place: npm run restore -- FILE`,
    problem,
  );
}

/** `ok`, or what is broken first. https://www.sqlite.org/pragma.html#pragma_quick_check */
function findProblem(file: string): unknown {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    return database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  } finally {
    database.close();
  }
}
