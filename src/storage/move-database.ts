import { existsSync, renameSync, rmSync } from 'node:fs';

/** A database, and what SQLite keeps beside it while it is open or after a crash. https://www.sqlite.org/tempfiles.html */
const SUFFIXES = ['', '-wal', '-shm'];

/** Moves a database that nobody has open, over one that may be there. */
export function moveDatabase(from: string, to: string): void {
  for (const suffix of SUFFIXES) {
    if (existsSync(from + suffix)) renameSync(from + suffix, to + suffix);
    else rmSync(to + suffix, { force: true });
  }
}

export function removeDatabase(file: string): void {
  for (const suffix of SUFFIXES) rmSync(file + suffix, { force: true });
}
