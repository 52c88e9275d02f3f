import type { Paper } from '../papers/paper.ts';
import { allOf, type Query, type Term } from '../topics/query/query.ts';

/** Which part of its matches a query keeps that asks for upvotes too. */
const KEPT = 0.2;

/** Queries that match less, the mildest change first. */
export function narrowQuery(query: Query, matches: readonly Paper[]): readonly Query[] {
  const votes = matches.map(({ upvotes }) => upvotes).toSorted((a, b) => b - a);
  const value = Math.max(1, votes[Math.floor(votes.length * KEPT)] ?? 1);
  const popular = { kind: 'number', field: 'upvotes', comparison: '>=', value } as const;
  return [
    ...(query.kind === 'or' ? [allOf(query.parts)] : []),
    ...(hasPositiveTerm(query) ? [inTitles(query)] : []),
    allOf([query, popular]),
  ];
}

/** Queries that match more: phrases taken apart, without one condition, with any of the parts, without one part. */
export function widenQuery(query: Query): readonly Query[] {
  const apart = takeApart(query);
  const first = apart === query ? [] : [apart];
  if (query.kind !== 'and') return first;
  const { parts } = query;
  const without = (part: Query): Query => allOf(parts.filter((one) => one !== part));
  const worded = parts.filter(hasPositiveTerm);
  const others = parts.filter((part) => !worded.includes(part));
  return [
    ...first,
    ...others.map(without),
    ...(worded.length > 1 ? [allOf([{ kind: 'or', parts: worded.flatMap(partsOfOr) }, ...others])] : []),
    ...worded.map(without),
  ];
}

function partsOfOr(query: Query): readonly Query[] {
  return query.kind === 'or' ? query.parts : [query];
}

function inTitles(query: Query): Query {
  return mapTerms(query, (term) => (term.field === undefined ? { ...term, field: 'title' } : term));
}

/** The query itself where it has no phrase of several words. */
function takeApart(query: Query): Query {
  let isChanged = false;
  const apart = mapTerms(query, (term) => {
    if (term.kind === 'word' || term.open || term.words.length < 2) return term;
    isChanged = true;
    return allOf(term.words.map((word) => ({ ...fieldOf(term), kind: 'word', word })));
  });
  return isChanged ? apart : query;
}

function fieldOf({ field }: Term): Pick<Term, 'field'> {
  return field === undefined ? {} : { field };
}

/** Changes the terms that must be there; what is excluded stays. */
function mapTerms(query: Query, change: (term: Term) => Query): Query {
  if (query.kind === 'word' || query.kind === 'phrase') return change(query);
  if (query.kind === 'or') return { kind: 'or', parts: query.parts.map((part) => mapTerms(part, change)) };
  if (query.kind === 'and') return allOf(query.parts.map((part) => mapTerms(part, change)));
  return query;
}

function hasPositiveTerm(query: Query): boolean {
  if (query.kind === 'and' || query.kind === 'or') return query.parts.some(hasPositiveTerm);
  return query.kind === 'word' || query.kind === 'phrase';
}
