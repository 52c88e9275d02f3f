import { describe, expect, it } from 'vitest';
import { narrowQuery, widenQuery } from '../../../src/subscriptions/judge-topic.ts';
import { parseQuery } from '../../../src/topics/query/parse-query.ts';
import { printQuery } from '../../../src/topics/query/query.ts';
import { buildPaper } from '../../support/build-paper.ts';

describe('narrowQuery', () => {
  const matches = [50, 40, 30, 20, 10].map((upvotes) => buildPaper({ id: '2606.00001', upvotes }));

  it.each([
    ['agent', ['title:agent', 'agent upvotes>=40']],
    ['agent OR model', ['agent model', 'title:agent OR title:model', '(agent OR model) upvotes>=40']],
    ['agent -survey', ['title:agent -survey', 'agent -survey upvotes>=40']],
    ['-survey', ['-survey upvotes>=40']],
    ['code:yes', ['code:yes upvotes>=40']],
  ])('of “%s” is %o', (query, narrower) => {
    expect(narrowQuery(parseQuery(query), matches).map(printQuery)).toEqual(narrower);
  });
});

describe('widenQuery', () => {
  it.each([
    ['mamba', []],
    ['"state space"', ['state space']],
    ['author:"Tri Dao"', ['author:tri author:dao']],
    ['mamba graph', ['mamba OR graph', 'graph', 'mamba']],
    ['mamba upvotes>=90', ['mamba', 'upvotes>=90']],
    ['mamba graph -survey', ['mamba graph', '(mamba OR graph) -survey', 'graph -survey', 'mamba -survey']],
  ])('of “%s” is %o', (query, wider) => {
    expect(widenQuery(parseQuery(query)).map(printQuery)).toEqual(wider);
  });
});
