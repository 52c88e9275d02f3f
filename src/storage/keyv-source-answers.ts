import { MINUTE_MS } from '../calendar/zoned-time.ts';
import type { SourceAnswers } from '../topics/source-search.ts';
import type { Records } from './keyv-records.ts';

const KEPT_MS = 10 * MINUTE_MS;

export function createKeyvSourceAnswers(records: Records<readonly string[]>): SourceAnswers {
  return {
    get: (words) => records.get(words),
    set: (words, paperIds) => records.set(words, paperIds, KEPT_MS),
  };
}
