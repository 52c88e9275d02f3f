import type { DatabaseSync } from 'node:sqlite';
import type { PaperArchive } from '../../papers/paper-archive.ts';
import { CollectedDayRow, EndedAtRow } from './schema.ts';

export type CollectionRecord = Pick<
  PaperArchive,
  'collectedDays' | 'recordCollectedDay' | 'lastCollection' | 'recordCollection'
>;

/** What was collected, and when. */
export function createCollectionRecord(database: DatabaseSync): CollectionRecord {
  const since = database.prepare('SELECT day, ended_at FROM collected_days WHERE day >= ? AND ended_at <= ?');
  const setDay = database.prepare(
    'INSERT INTO collected_days VALUES (?, ?) ON CONFLICT DO UPDATE SET ended_at = excluded.ended_at',
  );
  const last = database.prepare('SELECT ended_at FROM collections WHERE ended_at <= ?');
  const setLast = database.prepare(
    'INSERT INTO collections VALUES (1, ?) ON CONFLICT DO UPDATE SET ended_at = excluded.ended_at',
  );
  return {
    collectedDays(day, now) {
      const rows = since.all(day, now).map((row) => CollectedDayRow.parse(row));
      return new Map(rows.map((row) => [row.day, row.ended_at]));
    },
    recordCollectedDay: (day, endedAt) => void setDay.run(day, endedAt),
    lastCollection(now) {
      const row = last.get(now);
      return row === undefined ? undefined : EndedAtRow.parse(row).ended_at;
    },
    recordCollection: (endedAt) => void setLast.run(endedAt),
  };
}
