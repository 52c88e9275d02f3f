import type { ListDay } from '../calendar/list-day.ts';
import type { PaperSearch } from '../topics/paper-search.ts';
import type { Query } from '../topics/query/query.ts';
import { type Backtest, type BacktestTools, runBacktest, type Wish } from './backtest.ts';
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
  readonly search: Pick<PaperSearch, 'match' | 'search'>;
}

/** Whether a topic would drown people or never bring anything, and what to follow in its place. */
export function judgeTopic(wish: Wish, backtest: Backtest, tools: JudgeTools): Verdict {
  if (backtest.listed === 0) return { kind: 'fine' };
  if (backtest.papers.length === 0) return judgeNothing(wish, backtest, tools);
  const isWide = backtest.papers.length > backtest.listed / 2;
  if (!isWide || wish.query.kind === 'every') return { kind: 'fine' };
  const narrower = narrowQuery(wish.query, backtest.papers)
    .map((query) => tryQuery(query, wish, tools))
    .find(({ papers }) => papers > 0 && papers <= backtest.listed / 2);
  return { kind: 'too-wide', ...(narrower && { narrower }) };
}

function judgeNothing(wish: Wish, backtest: Backtest, tools: JudgeTools): Verdict {
  const { search } = tools;
  const [most] = runBacktest({ ...wish, minUpvotes: 0 }, tools).papers.toSorted(
    (a, b) => b.upvotes - a.upvotes,
  );
  if (most !== undefined) return { kind: 'nothing', mostUpvotes: most.upvotes };
  const { correction } = search.search({ query: wish.query, sort: 'relevance' });
  const spelling = correction && tryQuery(correction.query, wish, tools);
  if (spelling !== undefined && spelling.papers > 0) return { kind: 'nothing', spelling };
  const [wider] = widenQuery(wish.query)
    .map((query) => tryQuery(query, wish, tools))
    .filter(({ papers }) => papers > 0 && papers <= backtest.listed / 2);
  const lastDay = search.match(wish.query, {})[0]?.listDay;
  return { kind: 'nothing', ...(wider && { wider }), ...(lastDay && { lastDay }) };
}

function tryQuery(query: Query, { minUpvotes }: Wish, tools: JudgeTools): Alternative {
  return { query, papers: runBacktest({ query, minUpvotes }, tools).papers.length };
}
