import type { ListDay } from '../calendar/list-day.ts';
import type { PaperSearch } from '../topics/paper-search.ts';
import type { Query } from '../topics/query/query.ts';
import { type Backtest, type BacktestTools, countPapers, runBacktest, type Wish } from './backtest.ts';
import { narrowQuery, widenQuery } from './vary-query.ts';

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

export interface JudgeTools extends BacktestTools {
  readonly search: Pick<PaperSearch, 'match' | 'count' | 'search'>;
}

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
  const { correction } = await search.search({ query: wish.query, sort: 'relevance' });
  const spelling = correction && (await tryQuery(correction.query, wish, tools));
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
