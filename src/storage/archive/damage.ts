import { sqliteResult } from '../sqlite-file.ts';
import { isUnreadableRow } from './schema.ts';

/** What an error says about the archive's file: nothing, that the disk may be at fault, or that the file is broken. */
export type Damage = 'none' | 'possible' | 'certain';

/** SQLITE_IOERR and SQLITE_CANTOPEN. https://www.sqlite.org/rescode.html */
const DISK_CODES = [10, 14];

export function damageOf(error: unknown): Damage {
  if (isUnreadableRow(error)) return 'certain';
  const result = sqliteResult(error);
  if (result === 'corrupt' || result === 'not-a-database') return 'certain';
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  return DISK_CODES.includes(code) ? 'possible' : 'none';
}
