import { describe, expect, test } from 'vitest';
import { readQuestions } from '../../bench/search/read-questions.ts';
import { HAS_RECORDED_PAPERS, readRecordedPapers } from '../support/recorded-papers.ts';

describe('the questions of the search bench', () => {
  const questions = readQuestions();

  test('are 160 at least, half of them for tuning, and no paper is asked for twice', () => {
    const tuning = questions.filter(({ kind }) => kind === 'questions_tuning');

    expect(questions.length).toBeGreaterThanOrEqual(160);
    expect(tuning.length).toBe(questions.length / 2);
    expect(new Set(questions.flatMap(({ right }) => right)).size).toBe(questions.length);
  });

  test.skipIf(!HAS_RECORDED_PAPERS)('are about recorded papers', () => {
    const recorded = new Set(readRecordedPapers().map(({ id }) => id));

    expect(questions.flatMap(({ right }) => right).filter((id) => !recorded.has(id))).toEqual([]);
  });
});
