import type { PaperSearch, MatchTopics, TopicMatch, ListDayRange } from '../../../topics/paper-search.ts';
import { allOf, countWords, isBeginning, leavesOf, type Query } from '../../../topics/query/query.ts';
import type { QueryWorker, Urgency } from './query-worker.ts';
import { wordForms } from './compile-query.ts';
import { StorageError, UserError } from '../../../errors.ts';

/** Discord drops suggestions after three seconds, and by then the person has typed on. */
const SUGGESTION: Urgency = { priority: 'suggestion', deadlineMs: 1_500, waitMs: 1_500 };
/** All that the language allows takes a tenth of this on an ordinary machine. */
const USUAL: Urgency = { priority: 'usual', deadlineMs: 3_000, waitMs: 10_000 };
/** Reads the papers of a month first, unless they were read lately. */
const MANY: Urgency = { ...USUAL, deadlineMs: 10_000 };
/** Nobody waits behind somebody else's long queries, however many there are. */
const HEAVY: Urgency = { ...USUAL, priority: 'heavy' };
const MOST_USUAL_WORDS = 12;

export function createPaperSearch({ ask }: Pick<QueryWorker, 'ask'>): PaperSearch {
  return {
    match: (query, range, limit) => ask('match', [query, range, limit], urgencyOf(query)),
    matchAmong: (queries, ids) => ask('matchAmong', [queries, ids], urgencyOf(allOf(queries))),
    count: (query, range) => ask('count', [query, range], urgencyOf(query)),
    countEach: (queries, range) => ask('countEach', [queries, range], MANY),
    countByDay: (queries, range) => ask('countByDay', [queries, range], { ...MANY, priority: 'heavy' }),
    explain: (query, paperId) => ask('explain', [query, paperId], urgencyOf(query)),
    formsOf: wordForms,
    search: (request) => ask('search', [request], urgencyOf(request.query)),
    similar: (paperIds, limit) => ask('similar', [paperIds, limit], USUAL),
    pick: (request) => ask('pick', [request], MANY),
    suggest: (typed, limit) => ask('suggest', [typed, limit], SUGGESTION),
  };
}

/** Beginnings, many words, and papers like others take several times as long as what people usually ask. */
function urgencyOf(query: Query): Urgency {
  const leaves = leavesOf(query);
  const words = leaves.reduce((sum, leaf) => sum + countWords(leaf), 0);
  const isLike = leaves.some(({ kind }) => kind === 'like');
  const isHeavy = isLike || words > MOST_USUAL_WORDS || leaves.filter(isBeginning).length > 1;
  return isHeavy ? HEAVY : USUAL;
}

/** So many at once that people's queries still have their turn in between. Whatever people ask, digests are on time. */
const AT_ONCE = 250;
/** Reading the papers of a month and matching so many topics takes a twentieth of this. */
const TOGETHER: Urgency = { priority: 'digest', deadlineMs: 10_000 };
const ALONE: Urgency = { priority: 'digest', deadlineMs: 3_000 };

/** The picks of digests. Raises `StorageError`, also for what takes too long: the slot stays due. */
export function createDigestPicks({ ask }: Pick<QueryWorker, 'ask'>): PaperSearch['pick'] {
  return (request) => inTime(ask('pick', [request], TOGETHER));
}

/** The counts of roundups, likewise. */
export function createDigestCounts({ ask }: Pick<QueryWorker, 'ask'>): PaperSearch['countByDay'] {
  return (queries, range) => inTime(ask('countByDay', [queries, range], TOGETHER));
}

async function inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof UserError) throw new StorageError('The archive did not answer in time.', error);
    throw error;
  }
}

export interface TopicQueries {
  ask(
    name: 'matchTopics',
    asked: [queries: readonly string[], range: ListDayRange],
    urgency: Urgency,
  ): Promise<ReadonlyMap<string, TopicMatch>>;
}

export function createMatchTopics({ ask }: TopicQueries): MatchTopics {
  async function matchTogether(
    queries: readonly string[],
    range: ListDayRange,
    urgency: Urgency,
  ): Promise<ReadonlyMap<string, TopicMatch>> {
    try {
      return await ask('matchTopics', [queries, range], urgency);
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
