import type { DatabaseSync } from 'node:sqlite';
import { DataVersionRow, WritesRow } from './schema.ts';

/** A text that is another one after each write, by this connection or by another one. */
export function createStateReader(database: DatabaseSync): () => string {
  const own = database.prepare('SELECT total_changes() AS writes');
  const others = database.prepare('PRAGMA data_version');
  return () => {
    const { writes } = WritesRow.parse(own.get());
    const { data_version: version } = DataVersionRow.parse(others.get());
    return `${version}.${writes}`;
  };
}
