import { expect, it } from 'vitest';
import { buildHistory, buildMessage, kinds, LISTED, MINUTE, NINE } from './audited-history.ts';

const [first, second] = LISTED.map(({ id, upvotes }) => ({ id, upvotes }));
const grown = LISTED.map((paper) => ({
  ...paper,
  upvotes: paper.upvotes + (paper.id === second?.id ? 40 : 0),
}));
const listings = [
  { at: NINE - MINUTE, day: '2026-05-04', papers: LISTED },
  { at: NINE + 5 * MINUTE, day: '2026-05-04', papers: grown },
];
const papers = [first, { id: second?.id ?? '', upvotes: 45 }].filter((paper) => paper !== undefined);
const edit = { at: NINE + 6 * MINUTE, isTaken: true, pings: [] };

it('newer votes are out of order, unless an edit brought them', () => {
  const history = (edits: readonly (typeof edit)[]) =>
    buildHistory({ listings, messages: [buildMessage({ papers, edits })] });

  expect(kinds(history([]))).toContain('out_of_order');
  expect(kinds(history([{ ...edit, isTaken: false }]))).toContain('out_of_order');
  expect(kinds(history([edit]))).toEqual([]);
});

it('an edit that could ping somebody is a mention too many', () => {
  const edits = [edit, { ...edit, isTaken: false, pings: ['roles'] }];

  expect(kinds(buildHistory({ messages: [buildMessage({ edits })] }))).toEqual(['wrong_mention']);
});
