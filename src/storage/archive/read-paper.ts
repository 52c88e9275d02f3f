import type { ArchivedPaper } from '../../papers/paper.ts';
import { PaperRow } from './schema.ts';

/** The columns that `readPaper` takes. */
export const PAPER_COLUMNS = 'data, list_day, first_seen_at';

export function readPaper(row: unknown): ArchivedPaper {
  const { data, list_day: listDay, first_seen_at: firstSeenAt } = PaperRow.parse(row);
  const { listDay: _given, ...paper } = data;
  return listDay === null ? { ...paper, firstSeenAt } : { ...paper, listDay, firstSeenAt };
}
