import { describe, expect, it } from 'vitest';
import {
  CHANNEL,
  EIGHT,
  HELD,
  LISTED,
  MINUTE,
  NINE,
  SETTINGS,
  buildChange,
  buildHistory,
  buildMessage,
  buildTwoDays,
  heldUp,
  kinds,
  ofNewSlot,
  onlyFirst,
  onlySecond,
} from './audited-history.ts';

/** Slots at eight and, with another role, at nine. */
const RENAMED = [
  buildChange({ ...SETTINGS, minute: 8 * 60, mention: '78' }),
  buildChange(
    { ...SETTINGS, scheduledSince: { earliest: NINE - 30 * MINUTE, latest: NINE - 30 * MINUTE + 100 } },
    NINE - 30 * MINUTE,
  ),
];

describe('the auditor complains', () => {
  it('lost: the archive was lost when the slot was decided already, or its papers were there again', () => {
    const without = buildMessage({ papers: onlyFirst });

    expect(kinds(buildHistory({ messages: [without], archiveLostAt: [NINE + 5_000] }))).toEqual(['lost']);
    expect(kinds(buildTwoDays({ first: without, second: [] }))).toEqual(['lost']);
  });

  it('early: two digests came for one slot and nothing had held up the first', () => {
    const { disturbances: _none, ...calm } = HELD;

    expect(kinds(buildHistory({ ...calm, messages: [heldUp, ofNewSlot] }))).toContain('early');
  });

  const narrow = {
    ...SETTINGS,
    follows: [{ ...SETTINGS.follows[0], query: 'robot', minUpvotes: 0, since: SETTINGS.scheduledSince }],
  };
  const moved = {
    ...SETTINGS,
    minute: 10 * 60,
    scheduledSince: { earliest: NINE - 60 * MINUTE, latest: NINE - 60 * MINUTE + 100 },
  };

  it.each<[string, string, Parameters<typeof buildHistory>[0]]>([
    ['lost', 'a digest never came', { messages: [] }],
    ['lost', 'one paper never came', { messages: [buildMessage({ papers: onlyFirst })] }],
    [
      'lost',
      'trouble elsewhere is no excuse',
      { messages: [], disturbances: [{ from: NINE, to: Infinity, kind: 'request', channelId: '1' }] },
    ],
    [
      'twice',
      'a paper came twice',
      {
        messages: [
          buildMessage(),
          buildMessage({ step: 1, at: NINE + 3_000, roles: [], papers: onlySecond }),
        ],
      },
    ],
    ['late', 'a digest took more than a minute', { messages: [buildMessage({ at: NINE + 90_000 })] }],
    ['late', 'a digest began late', { messages: [buildMessage({ at: NINE + 50_000 })] }],
    [
      'late',
      'the bot was up again for more than a minute',
      {
        messages: [buildMessage({ at: NINE + 4 * MINUTE })],
        disturbances: [{ from: NINE, to: NINE + MINUTE, kind: 'down' }],
      },
    ],
    [
      'out_of_order',
      'fewer votes came first',
      { messages: [buildMessage({ papers: [...onlySecond, ...onlyFirst] })] },
    ],
    [
      'out_of_order',
      'a later message came first',
      {
        messages: [
          buildMessage({ step: 1, papers: onlyFirst }),
          buildMessage({ step: 0, at: NINE + 3_000, roles: [], papers: onlySecond }),
        ],
      },
    ],
    [
      'over_limit',
      'a message is over a limit',
      { messages: [buildMessage({ problems: ['content: 2001 of 2000'] })] },
    ],
    [
      'out_of_order',
      'the best post of a forum came first',
      {
        kind: 'forum',
        messages: [
          buildMessage({ papers: onlyFirst }),
          buildMessage({ step: 1, at: NINE + 3_000, roles: [], papers: onlySecond }),
        ],
      },
    ],
    [
      'wrong_form',
      'two papers share a post of a forum',
      {
        kind: 'forum',
        messages: [buildMessage({ papers: LISTED.map((paper, index) => ({ ...paper, number: index + 1 })) })],
      },
    ],
    [
      'wrong_form',
      'papers over the most have posts of their own',
      {
        kind: 'forum',
        changes: [buildChange({ ...SETTINGS, max: 0 })],
        messages: [
          buildMessage({ papers: onlySecond }),
          buildMessage({ step: 1, at: NINE + 3_000, roles: [], papers: onlyFirst }),
        ],
      },
    ],
    ['wrong_mention', 'another role was mentioned', { messages: [buildMessage({ roles: ['78'] })] }],
    ['wrong_mention', 'nobody was mentioned', { messages: [buildMessage({ roles: [] })] }],
    [
      'wrong_mention',
      'the role was mentioned again',
      {
        messages: [
          buildMessage({ papers: onlyFirst }),
          buildMessage({ step: 1, at: NINE + 3_000, papers: onlySecond }),
        ],
      },
    ],
    [
      'wrong_mention',
      'the role of a slot before, whose digest nothing had held up',
      { changes: RENAMED, messages: [buildMessage({ roles: ['78'] })] },
    ],
    [
      'wrong_mention',
      'the role of a slot before, which had its digest',
      {
        changes: RENAMED,
        messages: [
          buildMessage({ at: EIGHT + 2_000, roles: ['78'], papers: onlyFirst }),
          buildMessage({ deliveryId: 'd2', roles: ['78'], papers: onlySecond }),
        ],
        listings: [EIGHT, NINE].map((at) => ({ at: at - MINUTE, day: '2026-05-04', papers: LISTED })),
        disturbances: [{ from: EIGHT + 1_000, to: NINE + 1_000, kind: 'request', channelId: CHANNEL }],
      },
    ],
    ['early', 'a digest came before its slot', { messages: [buildMessage({ at: NINE - MINUTE })] }],
    [
      'early',
      'a digest came before the slot that a change had named',
      {
        changes: [buildChange(SETTINGS), buildChange(moved, NINE - 60 * MINUTE)],
      },
    ],
    [
      'early',
      'a slot got a second digest',
      {
        messages: [
          buildMessage({ papers: onlyFirst }),
          buildMessage({ deliveryId: 'd2', at: NINE + 9_000, roles: [], papers: onlySecond }),
        ],
      },
    ],
    ['unwanted', 'a paper matches no topic', { changes: [buildChange(narrow)] }],
    [
      'wrong_facts',
      'a paper shows votes that it never had',
      {
        messages: [buildMessage({ papers: [...onlyFirst, { id: '2605.00002', upvotes: 6 }] })],
      },
    ],
    [
      'stale',
      'a slot was decided without a collection',
      {
        listings: [{ at: NINE - 20 * MINUTE, day: '2026-05-04', papers: LISTED }],
      },
    ],
  ])('%s: %s', (kind, _, about) => {
    expect(kinds(buildHistory(about))).toContain(kind);
  });
});

describe('where history cannot be read', () => {
  const again = [buildMessage(), buildMessage({ at: NINE + 20_000 })];
  const anew = [buildMessage(), buildMessage({ at: NINE + 20_000, deliveryId: 'd2', roles: [] })];
  const fault = { from: NINE + 1_000, to: NINE + 2_500, kind: 'request', channelId: CHANNEL };

  it.each([
    ['again', again],
    ['with a plan made anew', anew],
  ])('a message near a fault that comes %s is counted apart', (_, messages) => {
    const changes = [
      buildChange(SETTINGS),
      buildChange(SETTINGS, NINE + 10_000, { ackedAt: NINE + 10_100, cancels: true }),
    ];
    const history = buildHistory({ messages, changes, disturbances: [fault], canReadHistory: false });

    expect(kinds(history)).toEqual(['twice_blind']);
  });

  it.each([
    ['far from every fault', { disturbances: [], canReadHistory: false }],
    ['where history can be read', { disturbances: [fault], canReadHistory: true }],
  ])('a message that comes again %s is one too many', (_, about) => {
    expect(kinds(buildHistory({ messages: again, ...about }))).toContain('twice');
  });
});
