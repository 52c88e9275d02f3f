import { expect, it } from 'vitest';
import { pickForYou } from '../../../src/for-you/pick-for-you.ts';
import type { PickRequest } from '../../../src/topics/paper-search.ts';

it('what was saved before a long import is no pick', async () => {
  const saved = ['2605.00001', ...Array.from({ length: 700 }, (_, at) => `2401.${10_000 + at}`)].toReversed();
  const asked: PickRequest[] = [];

  await pickForYou(
    { kind: 'person', userId: 'ada' },
    { range: {}, without: [], limit: 3 },
    {
      savedPapers: {
        list: async (userId, { from, most }) =>
          saved.slice(from, from + most).map((paperId) => ({ userId, paperId, savedAt: 0 })),
      },
      choices: { dismissed: async () => [], savesThatCount: async () => [] },
      async pick(request) {
        asked.push(request);
        return [];
      },
    },
  );

  expect(asked.flatMap(({ without }) => without)).toContain('2605.00001');
});
