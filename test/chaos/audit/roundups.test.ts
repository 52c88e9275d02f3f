import { describe, expect, it } from 'vitest';
import { audit, findMissing } from '../../../chaos/audit/audit.ts';
import type { Settings } from '../../../chaos/audit/history.ts';
import type { PostedMessage, Roundup } from '../../../chaos/audit/shown.ts';
import { readMessage } from '../../../chaos/readers/read-message.ts';
import { createTimeline } from '../../../chaos/timeline.ts';
import {
  buildChange,
  buildHistory,
  buildMessage,
  EIGHT,
  kinds,
  listPaper,
  MINUTE,
  NINE,
  SETTINGS,
  SEVEN,
} from './audited-history.ts';

/** A digest comes at nine, and a roundup on Mondays a quarter past eight. */
const QUARTER = EIGHT + 15 * MINUTE;
const WITH_ROUNDUP: Settings = {
  ...SETTINGS,
  roundup: { on: 1, minute: 8 * 60 + 15, since: { earliest: SEVEN, latest: SEVEN + 100 } },
};
const BEST = listPaper({ id: '2604.00001', title: 'About trees', upvotes: 30, listDay: '2026-04-30' });
const SECOND = listPaper({ id: '2604.00002', title: 'About boats', upvotes: 20, listDay: '2026-05-01' });
const OLD = listPaper({ id: '2604.00003', title: 'About kites', upvotes: 99, listDay: '2026-04-26' });
const WEEK = [BEST, SECOND].map(({ id, title, upvotes }) => ({ id, title, upvotes }));

const listings = [SEVEN + 10 * MINUTE, QUARTER - MINUTE, NINE - MINUTE].flatMap((at) => [
  { at, day: '2026-05-04', papers: [] },
  { at, day: '2026-05-01', papers: [SECOND] },
  { at, day: '2026-04-30', papers: [BEST] },
  { at, day: '2026-04-26', papers: [OLD] },
]);

function buildRoundup(about: Partial<Roundup> & { readonly at?: number } = {}): PostedMessage {
  const { at = QUARTER + 9_000, ...rest } = about;
  const roundup = { until: 'Sun 3 May 2026', count: 2, papers: WEEK, ...rest };
  return buildMessage({ at, deliveryId: `r${at}`, roles: [], papers: [], roundup, look: 'plain' });
}

/** What digests bring is not what these tests are about: nothing that they owe was listed since. */
const history = (messages: readonly PostedMessage[], settings = WITH_ROUNDUP) =>
  buildHistory({
    changes: [
      buildChange({
        ...settings,
        follows: settings.follows.map((one) => ({ ...one, since: { earliest: SEVEN, latest: SEVEN + 100 } })),
      }),
    ],
    listings,
    messages,
  });
const kindsOf = (...messages: readonly PostedMessage[]) => kinds(history(messages));

describe('of a roundup the auditor', () => {
  it('has nothing to say where it came once, in time, and with the best of its week', () => {
    expect(audit(history([buildRoundup()]))).toEqual([]);
    expect(findMissing(history([buildRoundup()]))).toEqual({ owed: 1, missing: 0 });
  });

  it.each<[string, readonly PostedMessage[], readonly string[]]>([
    ['that did not come', [], ['lost']],
    ['that came twice', [buildRoundup(), buildRoundup({ at: NINE })], ['twice']],
    ['that came late', [buildRoundup({ at: QUARTER + 5 * MINUTE })], ['late']],
    ['of another week', [buildRoundup(), buildRoundup({ until: 'Sun 26 April 2026' })], ['wrong_roundup']],
    ['without its best paper', [buildRoundup({ count: 1, papers: WEEK.slice(1) })], ['wrong_roundup']],
    ['that counts others', [buildRoundup({ count: 4 })], ['wrong_roundup']],
    [
      'with a paper of another week',
      [buildRoundup({ count: 3, papers: [...WEEK, { id: OLD.id, title: OLD.title, upvotes: 99 }] })],
      ['wrong_roundup'],
    ],
    [
      'with votes that a paper never had',
      [buildRoundup({ papers: WEEK.map((one) => ({ ...one, upvotes: 77 })) })],
      ['wrong_roundup'],
    ],
  ])('complains of one %s', (_, messages, expected) => {
    expect(kindsOf(...messages)).toEqual(expected);
  });

  it('lets it leave out what was refused there, and owes none where that is all', () => {
    const refuse = (...paperIds: readonly string[]) => ({
      refusals: paperIds.map((paperId) => ({ from: SEVEN, to: NINE, paperId })),
    });
    const withoutBest = history([buildRoundup({ count: 1, papers: WEEK.slice(1) })]);

    expect(audit({ ...withoutBest, ...refuse(BEST.id) })).toEqual([]);
    expect(kinds({ ...history([]), ...refuse(BEST.id) })).toEqual(['lost']);
    expect(audit({ ...history([]), ...refuse(BEST.id, SECOND.id) })).toEqual([]);
  });

  it('complains of one that nobody asked for, and owes none then', () => {
    expect(kinds(history([buildRoundup()], SETTINGS))).toEqual(['wrong_roundup']);
    expect(audit(history([], SETTINGS))).toEqual([]);
  });
});

it('a roundup is read as people read it', () => {
  const content = [
    '## The week to Sun 3 May 2026',
    '7 papers matched what is followed here',
    '**Most upvoted**',
    '1. [About [trees\\]](https://huggingface.co/papers/2604.00001) · ▲\u00a030',
    '2. [About boats](https://huggingface.co/papers/2604.00002)',
    '**Saved most here**',
    '- [About kites](https://huggingface.co/papers/2604.00003) · by 2 people',
    '**Growing**',
    '- Agents: 20% of papers, 10% in the 8 weeks before',
  ].join('\n');

  const { roundup, papers, heading } = readMessage({ content, embeds: [], components: [], flags: 4 });

  expect(roundup?.papers.map(({ id, upvotes }) => [id, upvotes])).toEqual([
    ['2604.00001', 30],
    ['2604.00002', 0],
  ]);
  expect(roundup).toMatchObject({ until: 'Sun 3 May 2026', count: 7 });
  expect([papers, heading]).toEqual([[], undefined]);
});

it('a roundup that was decided within a day may show after a machine has slept', () => {
  let real = QUARTER + 5_000;
  const timeline = createTimeline({ real: SEVEN - MINUTE, virtual: SEVEN - MINUTE, speed: 1 }, () => real);
  timeline.leap(27 * 60 * MINUTE);
  real = NINE;
  const kindsAt = (at: number) =>
    kinds({ ...history([buildRoundup({ at })]), timeline, endedAt: NINE }).filter(
      (kind) => kind === 'wrong_roundup',
    );

  expect(kindsAt(QUARTER + 8_000)).toEqual([]);
  // What a former leader may have sent is waited for.
  expect(kindsAt(QUARTER + 5_000 + 17_000)).toEqual([]);
  expect(kindsAt(QUARTER + MINUTE)).toEqual(['wrong_roundup']);
});
