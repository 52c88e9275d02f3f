import type { Day } from '../../calendar/zoned-time.ts';

/** Where a word can be looked for; without one, in all of them but `submitter`. */
export type TextField = 'title' | 'abstract' | 'keyword' | 'author' | 'org' | 'submitter';
export type NumberField = 'upvotes' | 'stars' | 'comments';
export type Comparison = '>=' | '>' | '<=' | '<' | '=';

/** A word as it stands or in its singular or plural; names of people and organizations only as they stand. */
export interface WordQuery {
  readonly kind: 'word';
  readonly field?: TextField;
  /** Folded, see `foldText`. */
  readonly word: string;
}

/** Words in that order, exactly; with `open` the last one begins so. Never empty. */
export interface PhraseQuery {
  readonly kind: 'phrase';
  readonly field?: TextField;
  readonly words: readonly string[];
  readonly open: boolean;
}

export type Term = WordQuery | PhraseQuery;

export type Condition =
  | {
      readonly kind: 'number';
      readonly field: NumberField;
      readonly comparison: Comparison;
      readonly value: number;
    }
  | { readonly kind: 'code'; readonly has: boolean }
  /** Among so many papers of its list day, in the order of the day: most upvoted first, ties by id. One vote at least. */
  | { readonly kind: 'top'; readonly places: number }
  /** Ahead of what its day's papers usually have at that age, see `risingFrom`. */
  | { readonly kind: 'rising'; readonly is: boolean }
  /** Like these papers, by so many thousandths or more; never one of them. The ids are sorted. */
  | { readonly kind: 'like'; readonly papers: readonly string[]; readonly from: number }
  /** That paper and no other. */
  | { readonly kind: 'paper'; readonly id: string }
  /** The list day of a paper, or its arXiv day where it has none, is this one or later. */
  | { readonly kind: 'since'; readonly day: Day };

/**
 * What somebody asks for. `and` and `or` have two parts or more, none of their own kind; what a `not` excludes is
 * not a `not` itself. `every` stands alone.
 */
export type Query =
  | { readonly kind: 'every' }
  | Term
  | Condition
  | { readonly kind: 'not'; readonly part: Query }
  | { readonly kind: 'and'; readonly parts: readonly Query[] }
  | { readonly kind: 'or'; readonly parts: readonly Query[] };

const CONDITIONS: ReadonlySet<string> = new Set<Condition['kind']>([
  'number',
  'code',
  'top',
  'rising',
  'like',
  'paper',
  'since',
]);

/** Letters of a beginning: a shorter one would make the archive read most of its index. */
export const SHORTEST_BEGINNING = 3;
/** Longest query, in UTF-16 code units. */
export const QUERY_LENGTH = 300;

/** The terms that a match can show, in the order in which they were typed: those that are not excluded. */
export function positiveTerms(query: Query): readonly Term[] {
  if (query.kind === 'word' || query.kind === 'phrase') return [query];
  if (query.kind === 'and' || query.kind === 'or') return query.parts.flatMap(positiveTerms);
  return [];
}

/** How many words it has, those of phrases one by one; a condition counts as one. */
export function countWords(leaf: Term | Condition): number {
  return leaf.kind === 'phrase' ? leaf.words.length : 1;
}

export function isBeginning(leaf: Term | Condition): boolean {
  return leaf.kind === 'phrase' && leaf.open;
}

/** All terms and conditions, in the order in which they stand. */
export function leavesOf(query: Query): readonly (Term | Condition)[] {
  if (query.kind === 'every') return [];
  if (query.kind === 'and' || query.kind === 'or') return query.parts.flatMap(leavesOf);
  return query.kind === 'not' ? leavesOf(query.part) : [query];
}

/**
 * The words of a query that is nothing but words and phrases, of which all must be there, and conditions; undefined
 * for any other, which only the archive can answer.
 */
export function plainWords(query: Query): string | undefined {
  const parts = query.kind === 'and' ? query.parts : [query];
  const isPlain = (part: Query): boolean =>
    part.kind === 'word' || part.kind === 'phrase' ? part.field === undefined : isCondition(part);
  if (!parts.every(isPlain)) return undefined;
  const words = positiveTerms(query).flatMap((term) => (term.kind === 'word' ? [term.word] : term.words));
  return words.length === 0 ? undefined : words.join(' ');
}

/** What a query demands beside words, of those parts that must all match. */
export function conditionsOf(query: Query): Query {
  return allOf((query.kind === 'and' ? query.parts : [query]).filter(isCondition));
}

/** What can be followed of a search: papers to come are later than any day that the search was to begin with. */
export function topicOf(query: Query): Query {
  return allOf((query.kind === 'and' ? query.parts : [query]).filter(({ kind }) => kind !== 'since'));
}

/** The query that all the parts make together. */
export function allOf(parts: readonly Query[]): Query {
  const [first, ...more] = parts.filter(({ kind }) => kind !== 'every');
  if (first === undefined) return { kind: 'every' };
  if (more.length === 0) return first;
  return {
    kind: 'and',
    parts: [first, ...more].flatMap((part) => (part.kind === 'and' ? part.parts : [part])),
  };
}

export function isCondition(query: Query): query is Condition {
  return CONDITIONS.has(query.kind);
}

/** The canonical text of a query: equal queries have equal texts, and `parseQuery` reads it back. */
export function printQuery(query: Query): string {
  if (query.kind === 'every') return '';
  if (query.kind === 'or') return query.parts.map(printQuery).join(' OR ');
  if (query.kind === 'and') return query.parts.map(printPart).join(' ');
  if (query.kind === 'not') return `-${printGroup(query.part)}`;
  if (query.kind === 'number') return `${query.field}${query.comparison}${query.value}`;
  if (query.kind === 'code') return `code:${query.has ? 'yes' : 'no'}`;
  if (query.kind === 'top') return `top:${query.places}`;
  if (query.kind === 'rising') return `rising:${query.is ? 'yes' : 'no'}`;
  if (query.kind === 'like') return `like:${query.papers.join()}>=${query.from}`;
  if (query.kind === 'paper') return query.id;
  if (query.kind === 'since') return `since:${query.day}`;
  return printTerm(query);
}

function printPart(query: Query): string {
  return query.kind === 'or' ? printGroup(query) : printQuery(query);
}

function printGroup(query: Query): string {
  return query.kind === 'or' || query.kind === 'and' ? `(${printQuery(query)})` : printQuery(query);
}

function printTerm(term: Term): string {
  const field = term.field === undefined ? '' : `${term.field}:`;
  if (term.kind === 'word') return field + term.word;
  const [word, ...more] = term.words;
  if (term.open && more.length === 0) return `${field}${word}*`;
  return `${field}"${term.words.join(' ')}"${term.open ? '*' : ''}`;
}
