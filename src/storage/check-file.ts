import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../errors.ts';
import { sqliteResult } from './sqlite-result.ts';

/**
 * Raises `StorageError` for a file that is broken, held by another program for longer than `timeoutMs`, or out of
 * reach. A broken file is left as it is: what people made is in it.
 */
export function checkFile(file: string, timeoutMs: number): void {
  if (!existsSync(file)) return;
  let problem: unknown;
  try {
    problem = findProblem(file, timeoutMs);
  } catch (error) {
    const result = sqliteResult(error);
    if (result === 'busy') {
      throw new StorageError(
        `The state ${file} is held by another program. Close that program first.`,
        error,
      );
    }
    if (result === 'other') throw new StorageError(`The state ${file} could not be opened.`, error);
    problem = error;
  }
  if (problem === 'ok') return;
  throw new StorageError(
    `The state ${file} cannot be read. It was left untouched. Put a backup in its place: npm run restore -- FILE`,
    problem,
  );
}

/** `ok`, or what is broken first. https://www.sqlite.org/pragma.html#pragma_quick_check */
function findProblem(file: string, timeoutMs: number): unknown {
  const database = new DatabaseSync(file, { timeout: timeoutMs });
  try {
    return database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  } finally {
    database.close();
  }
}
