import { plainWords, positiveTerms, type Query, type Term } from '../../topics/query.ts';
import type { SortOrder } from '../../topics/paper-search.ts';
import { type CompiledQuery, compileQuery, compileTerm, compileText, quote } from './compile-query.ts';

/**
 * Weights of title, abstract, summary, keyword, author, org, submitter in BM25, tuned on `bench/search`: people type
 * titles and names. https://www.sqlite.org/fts5.html#the_bm25_function
 */
export const WEIGHTS = '10, 1, 1, 4, 6, 2, 0';

const SHORTEST_START = 3;
const NEWEST = 'coalesce(list_day, published_on) DESC, upvotes DESC, papers.id';
/**
 * A score, which is negative, is at most a twentieth better for votes and newness, so that neither pushes a clearly
 * better match down.
 */
export const WITH_PRIORS = `score * (1
  + 0.03 * upvotes / (upvotes + 30.0)
  + 0.02 / (1 + (julianday((SELECT max(list_day) FROM papers)) - julianday(coalesce(list_day, published_on))) / 365))`;

/** Selects the ids of all strict matches in the order asked for. */
export function compileRanked(query: Query, sort: SortOrder): CompiledQuery {
  const { sql, parameters } = compileQuery(query);
  if (sort === 'upvotes') {
    return { sql: `SELECT id FROM papers WHERE (${sql}) ORDER BY upvotes DESC, ${NEWEST}`, parameters };
  }
  const ranking = rankingOf(query);
  if (sort === 'newest' || ranking === undefined) {
    return { sql: `SELECT id FROM papers WHERE (${sql}) ORDER BY ${NEWEST}`, parameters };
  }
  return {
    sql: `WITH ranked AS MATERIALIZED (
        SELECT rowid AS number, bm25(words, ${WEIGHTS}) AS score FROM words WHERE words MATCH ?
      )
      SELECT id FROM papers LEFT JOIN ranked USING (number) WHERE (${sql})
      ORDER BY ${WITH_PRIORS} IS NULL, ${WITH_PRIORS}, ${NEWEST}`,
    parameters: [ranking, ...parameters],
  };
}

/** What the papers are ranked by, in FTS5: the words of the query, and more for those that stand together. */
function rankingOf(query: Query): string | undefined {
  const all = positiveTerms(query);
  const terms = all.filter((term) => !isVast(term));
  if (terms.length === 0) return undefined;
  const required =
    query.kind === 'and' ? query.parts.map(compileText).filter((part) => part !== undefined) : [];
  const whole = compileText(query) ?? (required.length > 0 ? `(${required.join(' AND ')})` : undefined);
  const text = terms.length < all.length ? undefined : whole;
  return [text ?? terms.map(compileTerm).join(' OR '), ...togetherOf(query)].join(' OR ');
}

/** A beginning of a letter or two stands in nearly every paper: it costs much to count and says nothing. */
export function isVast(term: Term): boolean {
  return term.kind === 'phrase' && term.open && (term.words.at(-1) ?? '').length < SHORTEST_START;
}

/** Neighbouring words of a query without fields as phrases, and a title that begins with all that was typed. */
function togetherOf(query: Query): readonly string[] {
  const words = plainWords(query)?.split(' ') ?? [];
  if (words.length < 2 || positiveTerms(query).some(isVast)) return [];
  const pairs = words.slice(1).map((word, index) => quote(`${words[index] ?? ''} ${word}`));
  return [...pairs, startOfTitle(words)];
}

/** The last word perhaps unfinished. */
export function startOfTitle(words: readonly string[]): string {
  return `({title} : ^ ${quote(words.join(' '))} *)`;
}
