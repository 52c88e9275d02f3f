import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ListDay } from '../../../../../src/calendar/list-day.ts';
import { UserError } from '../../../../../src/errors.ts';
import type { Paper } from '../../../../../src/papers/paper.ts';
import { wordForms } from '../../../../../src/storage/archive/queries/compile-query.ts';
import { parseQuery } from '../../../../../src/topics/query/parse-query.ts';
import type { Query } from '../../../../../src/topics/query/query.ts';
import { buildPaper } from '../../../../support/build-paper.ts';
import { openTestReader, SEEN_AT, type TestReader } from '../../../../support/open-archive.ts';
import { buildQueryArbitrary, QUERY_TEXT } from '../../../../support/query-arbitrary.ts';
import { buildRealTerms } from '../../../../support/real-terms.ts';
import { HAS_RECORDED_PAPERS, readRecordedPapers } from '../../../../support/recorded-papers.ts';
import { createReferenceMatcher, findRisingVotes } from '../../../../support/reference-matcher.ts';

const DAY = '2026-06-08';

describe('a query finds', () => {
  const mamba = buildPaper({
    id: '2606.00001',
    title: 'Mamba: Linear-Time Sequence Modeling',
    abstract: 'State-space models that select.',
    keywords: ['state space models', 'selection'],
    authors: ['Albert Gu', 'Tri Dao'],
    organization: { slug: 'cmu', name: 'Carnegie Mellon University' },
    submitter: { slug: 'akhaliq', name: 'AK' },
    upvotes: 30,
    comments: 4,
    code: { url: 'https://github.com/state-spaces/mamba', stars: 150 },
    listDay: DAY,
  });
  const survey = buildPaper({
    id: '2606.00002',
    title: 'A Survey of Quantization',
    abstract: 'Quantized naïve baselines for each model, at pass@1.',
    summary: 'How networks are made small.',
    authors: ['Tri Nguyen', 'Hanna Daoud', 'Adam Smith'],
    upvotes: 3,
    listDay: '2026-06-01',
  });
  const reader = openTestReader([mamba, survey]);
  for (const day of ['2026-06-01', DAY]) reader.archive.recordCollectedDay(day, SEEN_AT);
  const found = (query: string): readonly string[] => reader.match(parseQuery(query), {}).map(({ id }) => id);
  const [first, second] = [mamba.id, survey.id];

  afterAll(() => reader.close());

  it.each([
    ['', [first, second]],
    ['mamba', [first]],
    ['models', [first, second]],
    ['network', [second]],
    ['"state space models"', [first]],
    ['"state space model"', []],
    ['state-space', [first]],
    ['quantiz*', [second]],
    ['naive', [second]],
    ['pass@1', [second]],
    ['author:"Tri Dao"', [first]],
    ['author:"Dao Albert"', []],
    ['author:"Gu Tri"', []],
    ['"gu tri"', []],
    ['keyword:"models selection"', []],
    ['"models selection"', []],
    ['org:"cmu carnegie"', []],
    ['author:dao', [first]],
    ['adams', []],
    ['tri', [first, second]],
    ['akhaliq', []],
    ['submitter:akhaliq', [first]],
    ['org:cmu', [first]],
    ['org:"carnegie mellon"', [first]],
    ['keyword:selection', [first]],
    ['title:model', []],
    ['mamba OR survey', [first, second]],
    ['models -survey', [first]],
    ['-survey', [first]],
    ['-(mamba OR survey)', []],
    ['2606.00001', [first]],
    ['https://arxiv.org/abs/2606.00002 OR mamba', [first, second]],
    ['survey -2606.00002', []],
    ['2606.00003', []],
    ['upvotes>=20', [first]],
    ['upvotes<20', [second]],
    ['-stars>=100', [second]],
    ['stars<1', [second]],
    ['comments=4', [first]],
    ['code:yes', [first]],
    ['code:no models', [second]],
    ['top:1', [first, second]],
    ['rising:yes', [first]],
    ['rising:no', [second]],
    ['-rising:yes', [second]],
    ['since:2026-06-02', [first]],
    ['mamba OR upvotes<5', [first, second]],
    ['(mamba upvotes>=20) OR (survey -upvotes>=20)', [first, second]],
  ])('%s', (query, ids) => {
    expect(found(query)).toEqual(ids);
  });

  it('in a range of list days only', () => {
    const query = parseQuery('models');

    expect(reader.match(query, { after: '2026-06-01' }).map(({ id }) => id)).toEqual([first]);
    expect(reader.match(query, { until: '2026-06-01' }).map(({ id }) => id)).toEqual([second]);
  });

  it('and can say which of its parts matched', () => {
    const explained = reader.explain(parseQuery('model -survey upvotes>=20'), second);

    expect(explained?.matches).toBe(false);
    expect(explained?.parts.map(({ matches }) => matches)).toEqual([true, true, false]);
    expect(reader.explain(parseQuery('model'), '2606.99999')).toBeUndefined();
  });
});

describe('whatever is typed', () => {
  const reader = openTestReader([buildPaper({ id: '2606.00001', listDay: DAY })]);

  afterAll(() => reader.close());

  it('is a query that the archive answers, or is refused', () => {
    fc.assert(
      fc.property(QUERY_TEXT, (text) => {
        let query: Query;
        try {
          query = parseQuery(text);
        } catch (error) {
          if (error instanceof UserError) return;
          throw error;
        }
        expect(reader.match(query, {}).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe.skipIf(!HAS_RECORDED_PAPERS)('on recorded papers', { timeout: 120_000 }, () => {
  let reader: TestReader;
  let papers: readonly Paper[];
  let risingVotes: ReadonlyMap<ListDay, number>;

  beforeAll(() => {
    const all = readRecordedPapers();
    papers = all.filter((_, index) => index % 12 === 0);
    reader = openTestReader(papers);
    risingVotes = findRisingVotes(papers);
    for (const day of risingVotes.keys()) reader.archive.recordCollectedDay(day, SEEN_AT);
  }, 60_000);

  afterAll(() => reader.close());

  it('every query means what it says, paper for paper', () => {
    const matches = createReferenceMatcher({ formsOf: wordForms, papers, risingVotes });
    fc.assert(
      fc.property(buildQueryArbitrary(buildRealTerms(papers)), (query) => {
        const expected = papers.filter((paper) => matches(query, paper)).map(({ id }) => id);

        expect(
          reader
            .match(query, {})
            .map(({ id }) => id)
            .toSorted(),
        ).toEqual(expected.toSorted());
      }),
      { numRuns: 300 },
    );
  });
});
