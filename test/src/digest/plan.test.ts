import { describe, expect, it } from 'vitest';
import { matchSubscriptions } from '../../../src/digest/plan.ts';
import type { ArchivedPaper } from '../../../src/papers/paper.ts';
import type { ListDayRange } from '../../../src/topics/paper-search.ts';
import { buildDestination, buildSubscription } from '../../support/build-destination.ts';
import { buildPaper } from '../../support/build-paper.ts';

const PAPER = { ...buildPaper({ id: 'a' }), firstSeenAt: 0 };
const destination = buildDestination();
const MAMBA = { name: 'Mamba', query: 'mamba' };

function createMatcher(matches: ReadonlyMap<string, readonly ArchivedPaper[]>) {
  const asked: { queries: readonly string[]; range: ListDayRange }[] = [];
  const logged: object[] = [];
  const ignore = () => undefined;
  return {
    asked,
    logged,
    matchTopics: async (queries: readonly string[], range: ListDayRange) => {
      asked.push({ queries, range });
      return matches;
    },
    matchForYou: async () => ({ papers: [], labels: new Map<string, string>() }),
    log: { info: ignore, warn: ignore, error: (fields: object) => void logged.push(fields) },
  };
}

describe('what subscriptions match', () => {
  it('is asked for once where queries are equal', async () => {
    const deps = createMatcher(new Map([['mamba', [PAPER]]]));
    const twice = ['s1', 's2'].map((id) => buildSubscription({ id, topic: MAMBA }));

    const matches = await matchSubscriptions(twice, { destination, after: '2026-06-01' }, deps);

    expect(deps.asked).toEqual([{ queries: ['mamba'], range: { after: '2026-06-01' } }]);
    expect(matches.map(({ papers }) => papers)).toEqual([[PAPER], [PAPER]]);
  });

  it('is nothing for a query that cannot be read, which is logged with the subscription', async () => {
    const deps = createMatcher(new Map([['mamba', [PAPER]]]));
    const broken = buildSubscription({ id: 's2', topic: { name: 'Broken', query: '(' } });
    const both = [buildSubscription({ topic: MAMBA }), broken];

    const matches = await matchSubscriptions(both, { destination, after: '' }, deps);

    expect(matches.map(({ papers }) => papers)).toEqual([[PAPER], []]);
    expect(deps.logged).toEqual([{ subscription: 's2' }]);
  });
});
