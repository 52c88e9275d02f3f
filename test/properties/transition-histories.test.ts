import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, localTimeAt, MINUTE_MS } from '../../src/calendar/zoned-time.ts';
import {
  type Looking,
  type Move,
  type PureHistory,
  type Sending,
  tellHistory,
} from '../support/pure-history.ts';

const SENDINGS: readonly Sending[] = [
  'answered',
  'answered',
  'answer lost',
  'never arrived',
  'late',
  'asked to wait',
  'nobody let in',
  'place gone',
  'killed before',
  'killed after',
];
/** A channel keeps its history from the bot for all of a history, or for none of it. */
const READABLE: readonly Looking[] = ['honest', 'honest', 'unanswered', 'blocked'];
const PEOPLE = ['pause', 'resume', 'remove', 'follow', 'unfollow'] as const;

function movesOf(lookings: readonly Looking[]): fc.Arbitrary<readonly Move[]> {
  const go = fc.record({
    kind: fc.constant('go' as const),
    sending: fc.constantFrom(...SENDINGS),
    looking: fc.constantFrom(...lookings),
  });
  const pass = fc.record({
    kind: fc.constant('pass' as const),
    ms: fc.constantFrom(1_000, 1_000, 18_000, 18_000, 3 * MINUTE_MS, 3 * MINUTE_MS, HOUR_MS, 24 * HOUR_MS),
  });
  const happens = fc.constantFrom<Move>({ kind: 'list' }, { kind: 'restart' }, { kind: 'forbid' });
  const does = fc.constantFrom(...PEOPLE).map((kind): Move => ({ kind }));
  return fc.array(
    fc.oneof(
      { weight: 8, arbitrary: go },
      { weight: 4, arbitrary: pass },
      { weight: 3, arbitrary: happens },
      { weight: 2, arbitrary: does },
    ),
    { minLength: 10, maxLength: 50, size: 'max' },
  );
}

const kinds = fc.constantFrom('message' as const, 'forum-post' as const);

/** Papers that stand in Discord more than once. */
function repeated({ posted }: PureHistory): readonly string[] {
  const papers = posted.flatMap((one) => one.papers);
  return papers.filter((id, index) => papers.indexOf(id) !== index);
}

function checkAll(lookings: readonly Looking[], check: (history: PureHistory) => void): void {
  fc.assert(
    fc.property(movesOf(lookings), kinds, (moves, kind) => check(tellHistory(moves, kind))),
    { numRuns: 200 },
  );
}

describe('people, faults and time in any order', { timeout: 240_000 }, () => {
  it('bring each paper exactly once where the bot may look', () => {
    checkAll(READABLE, (history) => {
      expect(repeated(history)).toEqual([]);
      const papers = new Set(history.posted.flatMap((one) => one.papers));
      expect(history.listed.filter((id) => !papers.has(id) && !history.forbidden.has(id))).toEqual([]);
    });
  });

  it('bring a paper again only where nobody could tell, and say so', () => {
    checkAll([...READABLE, 'unreadable'], (history) => {
      expect(repeated(history).filter((id) => !history.unconfirmed.has(id))).toEqual([]);
    });
  });

  it('end with a record of each paper that is true, and with nothing open', () => {
    checkAll([...READABLE, 'unreadable'], ({ listed, records, posted, forbidden, unconfirmed, delivery }) => {
      const papers = new Set(posted.flatMap((one) => one.papers));
      // Where all that is left is refused, it is tried again with each slot.
      expect(listed.filter((id) => !records.has(id) && !forbidden.has(id))).toEqual([]);
      const refused = [...records.values()].filter(({ kind }) => kind === 'refused');
      const sent = [...records.values()].filter(({ kind }) => kind === 'sent');
      expect(refused.filter(({ paperId }) => !forbidden.has(paperId))).toEqual([]);
      expect(sent.filter(({ paperId }) => !unconfirmed.has(paperId) && !papers.has(paperId))).toEqual([]);
      expect(delivery?.state).not.toBe('open');
    });
  });

  it('mention the role once a day at most', () => {
    checkAll([...READABLE, 'unreadable'], ({ posted }) => {
      const days = posted
        .filter(({ mentions }) => mentions)
        .map(({ leftAt }) => localTimeAt(leftAt, 'Europe/Berlin').day);
      expect(days).toEqual([...new Set(days)]);
    });
  });

  it('send nothing for whoever has stopped it', () => {
    checkAll([...READABLE, 'unreadable'], ({ postedAfterStop }) => {
      expect(postedAfterStop).toEqual([]);
    });
  });

  it('have all of that in them', () => {
    const histories = fc
      .sample(movesOf([...READABLE, 'unreadable']), { numRuns: 200, seed: 1 })
      .map((moves) => tellHistory(moves));

    expect(histories.some(({ forbidden }) => forbidden.size > 0)).toBe(true);
    expect(histories.some(({ unconfirmed }) => unconfirmed.size > 0)).toBe(true);
    expect(histories.some((history) => repeated(history).length > 0)).toBe(true);
    expect(
      histories.some(({ records }) => [...records.values()].some(({ kind }) => kind === 'refused')),
    ).toBe(true);
  });
});
