import type { Clock } from '../calendar/clock.ts';
import { type Instant, MINUTE_MS } from '../calendar/zoned-time.ts';
import type { SourceAnswers } from '../topics/source-search.ts';
import type { Records } from './keyv-records.ts';

export interface SourceAnswer {
  readonly paperIds: readonly string[];
  readonly at: Instant;
}

export interface KeyvSourceAnswers extends SourceAnswers {
  /** Removes what is too old. Raises `StorageError`. */
  tidy(): Promise<void>;
}

const KEPT_MS = 10 * MINUTE_MS;

export function createKeyvSourceAnswers(records: Records<SourceAnswer>, clock: Clock): KeyvSourceAnswers {
  const isOld = ({ at }: SourceAnswer): boolean => clock.now() - at > KEPT_MS;
  return {
    async get(words) {
      const answer = await records.get(words);
      return answer === undefined || isOld(answer) ? undefined : answer.paperIds;
    },
    set: (words, paperIds) => records.set(words, { paperIds, at: clock.now() }),
    async tidy() {
      for await (const [words, answer] of records.entries()) if (isOld(answer)) await records.remove(words);
    },
  };
}
