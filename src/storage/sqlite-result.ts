const NAMES = new Map([
  [5, 'busy'],
  [11, 'corrupt'],
  [26, 'not-a-database'],
] as const);

export type SqliteResult = 'busy' | 'corrupt' | 'not-a-database' | 'other';

/**
 * What SQLite said went wrong; the low byte of an extended code is the primary one.
 * https://www.sqlite.org/rescode.html
 */
export function sqliteResult(error: unknown): SqliteResult {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return 'other';
  const code = error.errcode & 0xff;
  for (const [known, name] of NAMES) if (known === code) return name;
  return 'other';
}
