import path from 'node:path';
import { StorageError } from '../errors.ts';

const SCHEME = 'sqlite://';

export function isPostgres(url: string): boolean {
  return /^postgres(ql)?:\/\//.test(url);
}

/** The path in the address of an SQLite ledger, absolute. */
export function ledgerFile(url: string): string {
  if (!url.startsWith(SCHEME) || url.length === SCHEME.length) {
    throw new StorageError(`The ledger needs an address such as ${SCHEME}data/paperboy.sqlite.`);
  }
  return path.resolve(url.slice(SCHEME.length));
}
