import type { PaperSearch } from '../../../topics/paper-search.ts';
import { countWords, isBeginning, leavesOf, type Query } from '../../../topics/query/query.ts';
import type { QueryWorker, Urgency } from './query-worker.ts';
import { wordForms } from './word-forms.ts';

/** Discord drops suggestions after three seconds, and by then the person has typed on. */
const SUGGESTION: Urgency = { priority: 'suggestion', deadlineMs: 1_500, waitMs: 1_500 };
/** All that the language allows takes a tenth of this on an ordinary machine. */
const USUAL: Urgency = { priority: 'usual', deadlineMs: 3_000, waitMs: 10_000 };
/** Nobody waits behind somebody else's long queries, however many there are. */
const HEAVY: Urgency = { ...USUAL, priority: 'heavy' };
/** https://www.sqlite.org/lang_select.html#limitoffset */
const ALL = -1;
const MOST_USUAL_WORDS = 12;

export function createPaperSearch({ ask }: Pick<QueryWorker, 'ask'>): PaperSearch {
  return {
    match: (query, range, limit = ALL) => ask('match', { query, range, limit }, urgencyOf(query)),
    count: (query, range) => ask('count', { query, range }, urgencyOf(query)),
    explain: (query, paperId) => ask('explain', { query, paperId }, urgencyOf(query)),
    formsOf: wordForms,
    search: (request) => ask('search', request, urgencyOf(request.query)),
    similar: (paperId, limit) => ask('similar', { paperId, limit }, USUAL),
    suggest: (typed, limit) => ask('suggest', { typed, limit }, SUGGESTION),
  };
}

/** Beginnings, and many words, take several times as long as what people usually ask. */
function urgencyOf(query: Query): Urgency {
  const leaves = leavesOf(query);
  const words = leaves.reduce((sum, leaf) => sum + countWords(leaf), 0);
  const isHeavy = words > MOST_USUAL_WORDS || leaves.filter(isBeginning).length > 1;
  return isHeavy ? HEAVY : USUAL;
}
