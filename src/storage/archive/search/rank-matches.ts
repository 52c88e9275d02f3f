import type { DatabaseSync } from 'node:sqlite';
import type { Query } from '../../../topics/query/query.ts';
import type { SortOrder } from '../../../topics/paper-search.ts';
import { type CompiledQuery, compileQuery } from '../queries/compile-query.ts';
import type { GatheredPapers } from './gather-papers.ts';
import { type FoundRow, TextsRow } from '../schema.ts';
import type { Spelling } from './spelling.ts';
import { createTextScorer } from './score-texts.ts';

/** A paper that answers a query by less than this share of what the best one does is not close. */
const SHARE_OF_BEST = 0.3;

/** Selects all strict matches; by relevance they still have to be ranked, and what is equally relevant is newest first. */
export function compileSorted(query: Query, sort: SortOrder): CompiledQuery {
  const { sql, parameters } = compileQuery(query);
  const newest = 'coalesce(list_day, published_on) DESC, upvotes DESC, id';
  const order = sort === 'upvotes' ? `upvotes DESC, ${newest}` : newest;
  return { sql: `SELECT id, number FROM papers WHERE (${sql}) ORDER BY ${order}`, parameters };
}

export interface RankRequest {
  readonly database: DatabaseSync;
  readonly gathered: GatheredPapers;
  readonly spelling: Pick<Spelling, 'siblingsOf'>;
}

/** Ids of all the papers found, best first. */
export function rankStrict(found: readonly FoundRow[], request: RankRequest): readonly string[] {
  const {
    promise,
    weighing: { read },
  } = request.gathered;
  const idOf = new Map(found.map(({ number, id }) => [number, id]));
  const promising = found.toSorted((a, b) => (promise[b.number] ?? 0) - (promise[a.number] ?? 0));
  const numbers = promising.map(({ number }) => number);
  const best = readAndScore(numbers.slice(0, read), request).map(({ number }) => number);
  return [...best, ...numbers.slice(read)].flatMap((number) => idOf.get(number) ?? []);
}

/** Ids of the papers that have most of the words, best first; as many at most as are read. */
export function rankClose(fits: (number: number) => boolean, request: RankRequest): readonly string[] {
  const {
    promise,
    weighing: { read },
  } = request.gathered;
  const candidates: number[] = [];
  for (let number = 0; number < promise.length; number += 1) {
    if ((promise[number] ?? 0) > 0 && fits(number)) candidates.push(number);
  }
  const scored = readAndScore(mostPromising(candidates, { promise, read }), request);
  const least = (scored[0]?.score ?? 0) * SHARE_OF_BEST;
  return scored.filter(({ score }) => score >= least).map(({ id }) => id);
}

/** As many as are read, best first. One pass: most papers are worse than the worst of those kept. */
function mostPromising(
  numbers: readonly number[],
  { promise, read }: { readonly promise: Float64Array; readonly read: number },
): readonly number[] {
  const kept: number[] = [];
  const valueOf = (number: number | undefined) => promise[number ?? 0] ?? 0;
  for (const number of numbers.toReversed()) {
    if (kept.length === read && valueOf(number) <= valueOf(kept.at(-1))) continue;
    const place = kept.findIndex((one) => valueOf(one) < valueOf(number));
    kept.splice(place === -1 ? kept.length : place, 0, number);
    if (kept.length > read) kept.pop();
  }
  return kept;
}

function readAndScore(numbers: readonly number[], { database, gathered, spelling }: RankRequest) {
  const scoreTexts = createTextScorer(gathered, spelling.siblingsOf);
  return database
    .prepare(
      `SELECT number, data, ${PRIOR} AS prior FROM papers JOIN json_each(?) AS asked ON number = asked.value
       ORDER BY asked.key`,
    )
    .all(JSON.stringify(numbers))
    .map((row) => {
      const { number, data, prior } = TextsRow.parse(row);
      return { number, id: data.id, score: prior * scoreTexts(data, gathered.covered[number] ?? 0) };
    })
    .toSorted((a, b) => b.score - a.score);
}

/** NULL where no paper was listed yet. */
const NEWEST = 'julianday((SELECT max(list_day) FROM papers))';

/**
 * What a paper's score is multiplied by: at most a twentieth more for votes and newness, so that neither pushes a
 * clearly better match down.
 */
export const PRIOR = `(1
  + 0.03 * upvotes / (upvotes + 30.0)
  + coalesce(0.02 / (1 + (${NEWEST} - julianday(coalesce(list_day, published_on))) / 365), 0))`;
