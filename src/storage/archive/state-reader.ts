import type { DatabaseSync } from 'node:sqlite';

/** A text that is another one after each write, by this connection or by another one. */
export function createStateReader(database: DatabaseSync): () => string {
  const own = database.prepare('SELECT total_changes() AS writes');
  const others = database.prepare('PRAGMA data_version');
  return () => [own.get(), others.get()].flatMap((row) => Object.values(row ?? {})).join('.');
}
