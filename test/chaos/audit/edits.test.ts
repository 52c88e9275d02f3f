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

it('papers are in the order of the votes that were known when they were planned', () => {
  const known = { ...listings[0], at: NINE - MINUTE, papers: grown, day: '2026-05-04' };
  const messages = [buildMessage({ at: NINE + 5.5 * MINUTE, papers })];
  const disturbances = [{ kind: 'down', from: NINE - 1_000, to: NINE + 5 * MINUTE }];

  expect(kinds(buildHistory({ listings, messages, disturbances }))).toEqual([]);
  expect(kinds(buildHistory({ listings: [known], messages, disturbances }))).toEqual(['out_of_order']);
});

it('an edit that could ping somebody is a mention too many', () => {
  const edits = [edit, { ...edit, isTaken: false, pings: ['roles'] }];

  expect(kinds(buildHistory({ messages: [buildMessage({ edits })] }))).toEqual(['wrong_mention']);
});
