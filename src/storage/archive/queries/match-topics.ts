import { UserError } from '../../../errors.ts';
import type { MatchTopics, TopicMatch } from '../../../topics/match-topics.ts';
import type { ListDayRange } from '../../../topics/paper-search.ts';
import type { QueryWorker, Urgency } from './query-worker.ts';

/** So many at once that people's queries still have their turn in between. */
const AT_ONCE = 250;
/** Reading the papers of a month and matching so many topics takes a twentieth of this. */
const TOGETHER: Urgency = { priority: 'usual', deadlineMs: 10_000 };
const ALONE: Urgency = { priority: 'usual', deadlineMs: 3_000 };

export function createMatchTopics({ ask }: Pick<QueryWorker, 'ask'>): MatchTopics {
  async function matchTogether(
    queries: readonly string[],
    range: ListDayRange,
    urgency: Urgency,
  ): Promise<ReadonlyMap<string, TopicMatch>> {
    try {
      return await ask('matchTopics', { queries, range }, urgency);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return queries.length === 1 ? failAll(queries) : matchEach(queries, range);
    }
  }

  /** One of them takes too long: the others are found without it. */
  async function matchEach(queries: readonly string[], range: ListDayRange) {
    const found = new Map<string, TopicMatch>();
    for (const query of queries) {
      for (const entry of await matchTogether([query], range, ALONE)) found.set(...entry);
    }
    return found;
  }

  return async (queries, range) => {
    const found = new Map<string, TopicMatch>();
    for (let start = 0; start < queries.length; start += AT_ONCE) {
      const some = queries.slice(start, start + AT_ONCE);
      for (const entry of await matchTogether(some, range, TOGETHER)) found.set(...entry);
    }
    return found;
  };
}

function failAll(queries: readonly string[]): ReadonlyMap<string, TopicMatch> {
  return new Map(queries.map((query) => [query, 'failed']));
}
