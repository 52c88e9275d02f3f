import { describe, expect, it } from 'vitest';
import { audit } from '../../../chaos/audit/audit.ts';
import type { History } from '../../../chaos/audit/history.ts';
import type { PostedMessage } from '../../../chaos/audit/shown.ts';
import { createTimeline } from '../../../chaos/timeline.ts';
import {
  buildChange,
  buildHistory,
  kinds,
  listPaper,
  MINUTE,
  NINE,
  SETTINGS,
  SEVEN,
} from './audited-history.ts';

type Change = (message: PostedMessage) => PostedMessage;

/** The history that is in order, with something else in its message. */
function withMessage(change: Change, about: Parameters<typeof buildHistory>[0] = {}): History {
  const history = buildHistory(about);
  return { ...history, messages: history.messages.map(change) };
}

const heading = { covers: 'digest', day: 'Mon 4 May', papers: 2, earlier: 0, earlierDay: '' } as const;
const changePapers =
  (about: Partial<PostedMessage['papers'][number]>): Change =>
  (message) => ({ ...message, papers: message.papers.map((paper) => ({ ...paper, ...about })) });
const changeControls =
  (name: string, about: Partial<PostedMessage['controls'][number]>): Change =>
  (message) => ({
    ...message,
    controls: message.controls.map((one) => (one.name === name ? { ...one, ...about } : one)),
  });
const edited =
  (change: Change, at = NINE + 5 * MINUTE): Change =>
  (message) => ({ ...message, edits: [{ at, isTaken: true, pings: [], shows: change(message) }] });
const asIs: Change = (message) => message;

describe('the auditor sees', () => {
  it.each<[string, string, Change]>([
    [
      'miscounted',
      'a heading counts one paper too many',
      (one) => ({ ...one, heading: { ...heading, papers: 3 } }),
    ],
    [
      'miscounted',
      'a heading names another day',
      (one) => ({ ...one, heading: { ...heading, day: 'Sun 3 May' } }),
    ],
    [
      'miscounted',
      'a heading counts papers of the day before',
      (one) => ({ ...one, heading: { ...heading, earlier: 1 } }),
    ],
    ['miscounted', 'a digest has no heading', ({ heading: _none, ...one }) => one],
    [
      'miscounted',
      'the message that mentions a role counts wrongly',
      (one) => ({ ...one, announced: { papers: 1, title: 'About robots' } }),
    ],
    [
      'lost',
      'a message shows its first paper only, and has all in its menu',
      (one) => ({ ...one, papers: one.papers.slice(0, 1) }),
    ],
    ['wrong_facts', 'papers have the title of another', changePapers({ title: 'About robots' })],
    ['wrong_facts', 'a title is cut without a mark', changePapers({ title: 'About' })],
    ['wrong_facts', 'votes are left out', changePapers({ upvotes: undefined })],
    ['wrong_facts', 'somebody else wrote it', changePapers({ lines: ['-# Max', '-# ▲\u00a09'] })],
    [
      'wrong_facts',
      'the summary is of another',
      changePapers({ lines: ['-# Ada Lovelace', 'All of chess.'] }),
    ],
    [
      'wrong_facts',
      'comments that it never had',
      changePapers({ lines: ['-# Ada Lovelace', '-# ▲\u00a09 · 3 comments'] }),
    ],
    [
      'wrong_facts',
      'a topic that nobody follows',
      changePapers({ lines: ['-# Ada Lovelace', '-# ▲\u00a09 · *chess*'] }),
    ],
    [
      'wrong_facts',
      'the message that mentions a role names another paper',
      (one) => ({ ...one, announced: { papers: 2, title: 'About videos' } }),
    ],
    ['wrong_controls', 'a button saves another paper', changeControls('save', { target: '2605.00009' })],
    ['wrong_controls', 'a menu opens another paper', changeControls('card-menu', { target: '2605.00009' })],
    [
      'wrong_controls',
      'an entry has another name',
      changeControls('card-menu', { label: 'About chess\n9 upvotes' }),
    ],
    [
      'wrong_controls',
      'a link leads elsewhere',
      (one) => ({
        ...one,
        controls: [
          ...one.controls,
          { name: 'link', label: 'arXiv', target: 'https://arxiv.org/abs/2605.00009', beside: undefined },
        ],
      }),
    ],
    [
      'wrong_controls',
      'papers cannot be opened',
      (one) => ({ ...one, controls: one.controls.filter(({ name }) => name === 'save') }),
    ],
    ['stray', 'it stands where nobody asked for papers', (one) => ({ ...one, channelId: '5', placeId: '5' })],
    ['stray', 'it stands in a thread', (one) => ({ ...one, placeId: '5' })],
    ['wrong_form', 'cards are lines', changePapers({ form: 'line' })],
    ['wrong_form', 'another look', (one) => ({ ...one, look: 'embeds' })],
    ['wrong_form', 'a thread that nobody chose', (one) => ({ ...one, thread: 'About robots' })],
    ['wrong_mention', 'everyone is pinged', (one) => ({ ...one, others: ['everyone'] })],
    [
      'out_of_order',
      'numbers begin late',
      (one) => ({ ...one, papers: one.papers.map((paper, index) => ({ ...paper, number: index + 2 })) }),
    ],
    ['wrong_edit', 'an edit shows other papers', edited((one) => ({ ...one, papers: one.papers.slice(1) }))],
    ['wrong_edit', 'an edit is of another message', edited((one) => ({ ...one, deliveryId: 'd9' }))],
    ['wrong_edit', 'an edit counts anew', edited((one) => ({ ...one, heading: { ...heading, papers: 3 } }))],
    ['wrong_edit', 'an edit comes after three days', edited(asIs, NINE + 74 * 60 * MINUTE)],
  ])('%s: %s', (kind, _, change) => {
    expect(kinds(withMessage(change))).toContain(kind);
  });

  it.each<[string, Change, Parameters<typeof buildHistory>[0]]>([
    ['that is cut with a mark', changePapers({ title: 'About…' }), {}],
    ['that is edited and shows the same', edited(asIs), {}],
    [
      'whose heading counts more than came before a pause cut it short',
      (one) => ({ ...one, heading: { ...heading, papers: 3 } }),
      {
        changes: [
          buildChange(SETTINGS),
          buildChange({ ...SETTINGS, isPaused: true }, NINE + 9_000, { cancels: true }),
        ],
      },
    ],
    [
      'whose heading counts more than has come of a digest that is on its way',
      (one) => ({ ...one, heading: { ...heading, papers: 3 } }),
      { endedAt: NINE + 40_000 },
    ],
    [
      'that is plain while Discord refused what it was to show',
      (one) => ({ ...one, look: 'plain', controls: one.controls.filter(({ name }) => name !== 'save') }),
      { disturbances: [{ kind: 'content', from: NINE, to: NINE + 1_000 }] },
    ],
  ])('nothing wrong in a message %s', (_, change, about) => {
    expect(audit(withMessage(change, about)).filter(({ kind }) => kind !== 'wrong_controls')).toEqual([]);
  });

  it('of a digest with more papers than cards that the rest are lines, or left out', () => {
    const changes = [buildChange({ ...SETTINGS, max: 1 })];
    const hiding = [buildChange({ ...SETTINGS, max: 1, rest: 'hide' })];
    const list: Change = (one) => ({
      ...one,
      papers: one.papers.map((paper, index) => ({ ...paper, form: index === 0 ? 'card' : 'line' })),
      controls: one.controls.filter(({ name }, index) => name !== 'save' || index === 0),
    });

    expect(audit(withMessage(list, { changes }))).toEqual([]);
    expect(kinds(withMessage(asIs, { changes }))).toEqual(['wrong_form']);
    expect(kinds(withMessage(list, { changes: hiding }))).toEqual(['wrong_form']);
  });

  it('outdated: a message that nobody edited an hour later', () => {
    const day = { day: '2026-05-04' };
    const grown = [
      listPaper({ upvotes: 19 }),
      listPaper({ id: '2605.00002', title: 'About videos', upvotes: 5 }),
    ];
    const history = buildHistory();
    const endedAt = NINE + 90 * MINUTE;
    const about = {
      endedAt,
      timeline: createTimeline({ real: SEVEN, virtual: SEVEN, speed: 1 }, () => endedAt),
      listings: [...history.listings, { ...day, at: NINE + 30 * MINUTE, papers: grown }],
    };
    const renew = edited(
      (one) => ({
        ...one,
        papers: one.papers.map((paper, index) => (index === 0 ? { ...paper, upvotes: 19 } : paper)),
      }),
      NINE + 61 * MINUTE,
    );

    expect(kinds({ ...history, ...about })).toEqual(['outdated']);
    // Due an hour after the message, which came two seconds after nine: within 61 s, two for the edit, and two for one before.
    expect(audit({ ...history, ...about, endedAt: NINE + 61 * MINUTE + 6_000 })).toEqual([]);
    expect(kinds({ ...history, ...about, endedAt: NINE + 61 * MINUTE + 8_000 })).toEqual(['outdated']);
    // Elsewhere twenty messages have their turn meanwhile.
    const elsewhere = history.messages.flatMap((message) =>
      Array.from({ length: 20 }, (_, index) => ({
        ...message,
        id: `9${index}`,
        channelId: '9',
        placeId: '9',
      })),
    );
    const busy = { ...history, ...about, messages: [...history.messages, ...elsewhere] };
    expect(kinds({ ...busy, endedAt: NINE + 62 * MINUTE + 20_000 })).not.toContain('outdated');
    expect(kinds({ ...busy, endedAt: NINE + 62 * MINUTE + 30_000 })).toContain('outdated');
    const edit = { at: NINE + 61 * MINUTE, isTaken: false, pings: [] };
    const refused: Change = (one) => ({ ...one, edits: [edit] });
    expect(audit({ ...history, ...about, messages: history.messages.map(refused) })).toEqual([]);
    expect(audit({ ...history, ...about, messages: history.messages.map(renew) })).toEqual([]);
  });
});

describe('the auditor complains of answers', () => {
  it('that name another slot than the next', () => {
    const named = (at: number) =>
      kinds(buildHistory({ changes: [buildChange(SETTINGS, undefined, { named: at })] }));

    expect(named(NINE)).toEqual([]);
    expect(named(NINE + 60 * MINUTE)).toEqual(['wrong_reply']);
    expect(named(NINE + 24 * 60 * MINUTE)).toEqual(['wrong_reply']);
  });
});

describe('in a pause', () => {
  const paused = buildChange({ ...SETTINGS, isPaused: true }, NINE - 30 * MINUTE, { cancels: true });

  it('nothing comes, and it has no slots', () => {
    expect(kinds(buildHistory({ changes: [buildChange(SETTINGS), paused] }))).toEqual(
      expect.arrayContaining(['early', 'unwanted']),
    );
  });

  it('only a sample comes that was asked for in it', () => {
    const sample: Change = (one) => ({ ...one, roles: [] });
    const history = (pressedAt: number) =>
      withMessage(sample, { changes: [buildChange(SETTINGS), paused], samples: [pressedAt] });

    expect(audit(history(NINE))).toEqual([]);
  });
});
