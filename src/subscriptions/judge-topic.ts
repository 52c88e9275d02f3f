import type { ListDay } from '../calendar/list-day.ts';
import type { MatchedPaper } from '../topics/paper-search.ts';
import { type Query, allOf, type Term } from '../topics/query/query.ts';
import { type Backtest, type CountTools, countPapers, runBacktest, type Wish } from './backtest.ts';

/** Another query, with how many papers it would have brought in the same time. */
export interface Alternative {
  readonly query: Query;
  readonly papers: number;
}

export type Verdict =
  | { readonly kind: 'fine' }
  /** Over half of all papers. */
  | { readonly kind: 'too-wide'; readonly narrower?: Alternative }
  | {
      readonly kind: 'nothing';
      /** The upvotes of the most upvoted paper that matches, where the threshold is what keeps all away. */
      readonly mostUpvotes?: number;
      readonly spelling?: Alternative;
      readonly wider?: Alternative;
      /** The last paper that ever matched, where one did. */
      readonly lastDay?: ListDay;
    };

type JudgeTools = CountTools<'match' | 'count' | 'search'>;

/** Whether a topic would drown people or never bring anything, and what to follow in its place. */
export async function judgeTopic(wish: Wish, backtest: Backtest, tools: JudgeTools): Promise<Verdict> {
  if (backtest.listed === 0) return { kind: 'fine' };
  if (backtest.papers.length === 0) return judgeNothing(wish, backtest, tools);
  const isWide = backtest.papers.length > backtest.listed / 2;
  if (!isWide || wish.query.kind === 'every') return { kind: 'fine' };
  const narrower = await findFitting(narrowQuery(wish.query, backtest.papers), wish, { backtest, tools });
  return { kind: 'too-wide', ...(narrower && { narrower }) };
}

async function judgeNothing(wish: Wish, backtest: Backtest, tools: JudgeTools): Promise<Verdict> {
  const { search } = tools;
  const { papers } = await runBacktest({ ...wish, minUpvotes: 0 }, tools);
  const [most] = papers.toSorted((a, b) => b.upvotes - a.upvotes);
  if (most !== undefined) return { kind: 'nothing', mostUpvotes: most.upvotes };
  const { correction, understood } = await search.search({ query: wish.query, sort: 'relevance' });
  const meant = understood ?? correction?.query;
  const spelling = meant && (await tryQuery(meant, wish, tools));
  if (spelling !== undefined && spelling.papers > 0) return { kind: 'nothing', spelling };
  const wider = await findFitting(widenQuery(wish.query), wish, { backtest, tools });
  const [last] = await search.match(wish.query, {}, 1);
  const lastDay = last?.listDay;
  return { kind: 'nothing', ...(wider && { wider }), ...(lastDay && { lastDay }) };
}

/** The first query that brings something, and at most half of all papers. */
async function findFitting(
  queries: readonly Query[],
  wish: Wish,
  { backtest, tools }: { readonly backtest: Backtest; readonly tools: JudgeTools },
): Promise<Alternative | undefined> {
  for (const query of queries) {
    const tried = await tryQuery(query, wish, tools);
    if (tried.papers > 0 && tried.papers <= backtest.listed / 2) return tried;
  }
  return undefined;
}

async function tryQuery(query: Query, { minUpvotes }: Wish, tools: JudgeTools): Promise<Alternative> {
  const { papers } = await countPapers({ query, minUpvotes }, tools);
  return { query, papers };
}

/** Which part of its matches a query keeps that asks for upvotes too. */
const KEPT = 0.2;

/** Queries that match less, the mildest change first. */
export function narrowQuery(
  query: Query,
  matches: readonly Pick<MatchedPaper, 'upvotes'>[],
): readonly Query[] {
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
