import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ExpectedInQuery, UserError } from '../../../../src/errors.ts';
import { parseQuery } from '../../../../src/topics/query/parse-query.ts';
import { printQuery } from '../../../../src/topics/query/query.ts';
import { buildQueryArbitrary, QUERY_TEXT } from '../../../support/query-arbitrary.ts';

/** The canonical text of a query, which shows how it was read. */
const read = (query: string): string => printQuery(parseQuery(query));

function refusal(query: string): { readonly offset: number; readonly expected: ExpectedInQuery } | undefined {
  try {
    parseQuery(query);
    return undefined;
  } catch (error) {
    if (error instanceof UserError && error.code === 'query-syntax' && 'offset' in error.values) {
      return error.values;
    }
    throw error;
  }
}

const offsetOfRefusal = (query: string): number | undefined => refusal(query)?.offset;

describe('a query', () => {
  it.each([
    ['speculative decoding', 'speculative decoding'],
    ['Spéculative  DECODING ', 'speculative decoding'],
    ['  ', ''],
    ['"speculative decoding"', '"speculative decoding"'],
    ['“speculative decoding”', '"speculative decoding"'],
    ['„state space“ «long context»', '"state space" "long context"'],
    ['"mamba"', '"mamba"'],
    ['state-space', '"state space"'],
    ['pass@1', '"pass 1"'],
    ['mamba OR "state space"', 'mamba OR "state space"'],
    ['a b OR c', 'a b OR c'],
    ['(a OR b) c', '(a OR b) c'],
    ['a AND b', 'a b'],
    ['a (b (c d))', 'a b c d'],
    ['a OR (b OR c)', 'a OR b OR c'],
    ['-survey', '-survey'],
    ['NOT survey', '-survey'],
    ['NOT NOT survey', 'survey'],
    ['agents -(survey OR benchmark)', 'agents -(survey OR benchmark)'],
    ['-"a b" -title:c -code:yes', '-"a b" -title:c -code:yes'],
    ['long-context -state-space', '"long context" -"state space"'],
    ['research and development or not', 'research and development or not'],
    ['quantiz*', 'quantiz*'],
    ['"state spac"*', '"state spac"*'],
    ['state-spac*', '"state spac"*'],
    ['like:2605.30349', 'like:2605.30349>=80'],
    [
      'LIKE: arxiv.org/abs/2606.00002v3, 2606.00001 >= 120 code:yes',
      'like:2606.00001,2606.00002>=120 code:yes',
    ],
    ['(like:2605.30349,2605.30349) OR mamba', 'like:2605.30349>=80 OR mamba'],
    ['looks like: mamba', 'looks like mamba'],
    ['author:"Tri Dao"', 'author:"tri dao"'],
    ['Author: "Tri Dao"', 'author:"tri dao"'],
    ['authors:dao org:nvidia', 'author:dao org:nvidia'],
    ['title:(mamba OR "state space")', 'title:mamba OR title:"state space"'],
    ['title:(mamba abstract:linear)', 'title:mamba abstract:linear'],
    ['keyword:diffusion abstract:gan submitter:akhaliq', 'keyword:diffusion abstract:gan submitter:akhaliq'],
    ['comparison', 'comparison'],
    ['Upvotes ≥ 20 stars>100 comments:<=3', 'upvotes>=20 stars>100 comments<=3'],
    ['code:yes OR code:NO', 'code:yes OR code:no'],
    ['top:3 Rising:YES OR -rising: no', 'top:3 rising:yes OR -rising:no'],
    ['Top: 10 rising: stars', 'top 10 rising stars'],
    ['top:003 top-3 rising', 'top:3 "top 3" rising'],
    ['since:2026-01-01', 'since:2026-01-01'],
    ['since: 2026-03 since:2025', 'since:2026-03-01 since:2025-01-01'],
    ['ReAct: Synergizing Reasoning and Acting', 'react synergizing reasoning and acting'],
    ['Code: a review of stars', 'code a review of stars'],
    ['FLUX-Reason & PRISM – a study', '"flux reason" prism a study'],
    ['what is mamba ???', 'what is mamba'],
    ['autor:dao arXiv:2605.30349v2', '"autor dao" 2605.30349'],
    ['2605.30349, https://hf.co/papers/2606.00001. mamba', '2605.30349 2606.00001 mamba'],
    ['-<https://arxiv.org/abs/2605.30349v2> OR "2605.30349"', '-2605.30349 OR "2605 30349"'],
    ["don't", '"don t"'],
    ['f(x)', 'f x'],
    ['quantiz* "state spa"*', 'quantiz* "state spa"*'],
    ['日本語 модель', '日本語 модель'],
  ])('%s is read as %s', (query, canonical) => {
    expect(read(query)).toBe(canonical);
  });

  it.each([
    ['mamba OR', 6, 'term-after'],
    ['OR mamba', 0, 'term-before'],
    ['(mamba', 0, 'closing-bracket'],
    ['mamba )', 6, 'opening-bracket'],
    ['()', 1, 'term-before'],
    ['"state space', 0, 'closing-quote'],
    ['???', 0, 'letter-or-digit'],
    ['""', 0, 'letter-or-digit'],
    ['title:* mamba', 6, 'letter-or-digit'],
    ['author:', 0, 'term-after-colon'],
    ['upvotes>=', 8, 'whole-number'],
    ['upvotes>=many', 9, 'whole-number'],
    ['upvotes:20', 0, 'comparison'],
    ['code:maybe', 5, 'yes-or-no'],
    ['top:0', 4, { kind: 'number-up-to', limit: 100 } as const],
    ['top:101', 4, { kind: 'number-up-to', limit: 100 } as const],
    ['mamba top:best', 10, { kind: 'number-up-to', limit: 100 } as const],
    ['rising:fast', 7, 'yes-or-no'],
    ['like:mamba', 5, 'paper-ids'],
    ['like:2605.30349,mamba', 5, 'paper-ids'],
    ['like:2605.30349>=0', 15, { kind: 'number-up-to', limit: 999 }],
    ['like:2605.30349>=1000', 15, { kind: 'number-up-to', limit: 999 }],
    ['like:2605.30349>=', 15, { kind: 'number-up-to', limit: 999 }],
    ['since:yesterday', 6, 'day'],
    ['since:2026-02-30', 6, 'day'],
    ['title:(upvotes>=2)', 7, { kind: 'term-in', field: 'title' } as const],
    ['-', 0, 'letter-or-digit'],
    ['mamba a* b*', 6, 'longer-beginning'],
    ['title:ab*', 6, 'longer-beginning'],
    ['"state sp"*', 0, 'longer-beginning'],
    ['state-s*', 0, 'longer-beginning'],
    ['NOT', 0, 'term-after'],
  ])('%s is refused at %i', (query, offset, expected) => {
    expect(refusal(query)).toEqual({ query, offset, expected });
  });

  it('is bounded in length, depth, words and beginnings', () => {
    expect(refusal('a'.repeat(301))?.expected).toMatchObject({ limit: 300, of: 'characters' });
    expect(refusal(`${'('.repeat(30)}a${')'.repeat(30)}`)?.expected).toMatchObject({
      limit: 20,
      of: 'brackets',
    });
    expect(refusal('a '.repeat(100))?.expected).toMatchObject({ limit: 64, of: 'terms' });
    expect(refusal(`of ${'a-'.repeat(100)}`)).toMatchObject({
      offset: 3,
      expected: { limit: 64, of: 'terms' },
    });
    expect(refusal('gen* '.repeat(11))).toMatchObject({
      offset: 50,
      expected: { limit: 10, of: 'beginnings' },
    });
  });

  it('is read or refused with a place inside it, whatever was typed', () => {
    fc.assert(
      fc.property(QUERY_TEXT, (query) => {
        const offset = offsetOfRefusal(query) ?? 0;

        expect(offset).toBeGreaterThanOrEqual(0);
        expect(offset).toBeLessThan(Math.max(1, query.length));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is the same after printing and reading it again', () => {
    fc.assert(
      fc.property(buildQueryArbitrary(), (query) => {
        const printed = printQuery(query);
        fc.pre(printed.length <= 300);

        expect(parseQuery(printed)).toEqual(query);
      }),
      { numRuns: 1_000 },
    );
  });

  it('has one canonical text, whatever was typed', () => {
    fc.assert(
      fc.property(QUERY_TEXT, (query) => {
        let printed: string;
        try {
          printed = read(query);
        } catch {
          return;
        }
        fc.pre(printed.length <= 300);

        expect(read(printed)).toBe(printed);
      }),
      { numRuns: 2_000 },
    );
  });
});
