import { describe, expect, it } from 'vitest';
import { audit, findMissing } from '../../../chaos/audit/audit.ts';
import type { Change, History, PlaceKind, PostedMessage, Settings } from '../../../chaos/audit/history.ts';
import { createTimeline } from '../../../chaos/timeline.ts';

/** Monday; the clocks go at the same pace here, and the slot is at nine. */
const MONDAY = Date.UTC(2026, 4, 4);
const SEVEN = MONDAY + 7 * 3_600_000;
const EIGHT = MONDAY + 8 * 3_600_000;
const NINE = MONDAY + 9 * 3_600_000;
const MINUTE = 60_000;
const ROLE = '77';
const CHANNEL = '100';
const LISTED = [
  { id: '2605.00001', listDay: '2026-05-04', upvotes: 9, text: 'About robots', names: '' },
  { id: '2605.00002', listDay: '2026-05-04', upvotes: 5, text: 'About videos', names: '' },
];

const SETTINGS: Settings = {
  follows: [{ query: '', minUpvotes: 0, since: { earliest: SEVEN, latest: SEVEN + 100 } }],
  minute: 9 * 60,
  zone: 'UTC',
  days: [1, 2, 3, 4, 5, 6, 7],
  style: 'cards',
  max: 8,
  rest: 'list',
  mention: ROLE,
  isPaused: false,
  scheduledSince: { earliest: SEVEN, latest: SEVEN + 100 },
};

function buildChange(settings: Settings | undefined, at = SEVEN, about: Partial<Change> = {}): Change {
  return { sentAt: at, ackedAt: at + 100, settings, cancels: false, ...about };
}

function buildMessage(about: Partial<PostedMessage> = {}): PostedMessage {
  return {
    channelId: CHANNEL,
    at: NINE + 2_000,
    content: 'Mon 4 May',
    embeds: 2,
    roles: [ROLE],
    deliveryId: 'd1',
    step: 0,
    papers: LISTED.map(({ id, upvotes }) => ({ id, upvotes })),
    problems: [],
    ...about,
  };
}

function buildHistory(
  about: Partial<History> & {
    changes?: readonly Change[];
    samples?: readonly string[];
    canReadHistory?: boolean;
    kind?: PlaceKind;
  } = {},
): History {
  const {
    changes = [buildChange(SETTINGS)],
    samples = [],
    canReadHistory = true,
    kind = 'text',
    ...rest
  } = about;
  const endedAt = NINE + 10 * MINUTE;
  return {
    timeline: createTimeline({ real: SEVEN - MINUTE, virtual: SEVEN - MINUTE, speed: 1 }, () => endedAt),
    endedAt,
    destinations: [
      {
        channelId: CHANNEL,
        kind,
        changes,
        samples: samples.map((id) => ({ id, query: '', pressedAt: NINE })),
        canReadHistory,
      },
    ],
    listings: [NINE - 20 * MINUTE, NINE - MINUTE].map((at) => ({ at, day: '2026-05-04', papers: LISTED })),
    messages: [buildMessage()],
    disturbances: [],
    archiveLostAt: [],
    ...rest,
  };
}

/** Two slots, between which a machine sleeps; after the first one the archive was lost, and filled again. */
function buildTwoDays(got: {
  readonly first: PostedMessage;
  readonly second: PostedMessage['papers'];
}): History {
  let real = NINE + 10 * MINUTE;
  const timeline = createTimeline({ real: SEVEN - MINUTE, virtual: SEVEN - MINUTE, speed: 1 }, () => real);
  timeline.leap(24 * 60 * MINUTE);
  const awakeAt = real;
  real += 10 * MINUTE;
  const second = buildMessage({ deliveryId: 'd2', at: awakeAt + 9_000, papers: got.second });
  return buildHistory({
    timeline,
    endedAt: real,
    listings: [
      { at: NINE - MINUTE, day: '2026-05-04', papers: LISTED },
      { at: NINE + 5 * MINUTE, day: '2026-05-04', papers: LISTED },
      { at: awakeAt + 2_000, day: '2026-05-05', papers: [] },
    ],
    archiveLostAt: [NINE + 1_000],
    messages: got.second.length === 0 ? [got.first] : [got.first, second],
  });
}

const kinds = (history: History) => [...new Set(audit(history).map(({ kind }) => kind))];
const onlyFirst = LISTED.slice(0, 1).map(({ id, upvotes }) => ({ id, upvotes }));
const onlyFirstListed = LISTED.slice(0, 1);
const onlySecond = LISTED.slice(1).map(({ id, upvotes }) => ({ id, upvotes }));

/** From nine on nobody is let in; the schedule is moved to five past, with another role, before somebody is again. */
const HELD = {
  disturbances: [{ from: NINE - 1_000, to: NINE + 4 * MINUTE, kind: 'permission', channelId: CHANNEL }],
  changes: [
    buildChange(SETTINGS),
    buildChange(
      {
        ...SETTINGS,
        mention: '78',
        minute: 9 * 60 + 5,
        scheduledSince: { earliest: NINE + 2 * MINUTE, latest: NINE + 2 * MINUTE + 100 },
      },
      NINE + 2 * MINUTE,
    ),
  ],
};
const heldUp = buildMessage({ at: NINE + 5.5 * MINUTE, papers: onlyFirst });
const ofNewSlot = buildMessage({
  at: NINE + 5.8 * MINUTE,
  deliveryId: 'd2',
  roles: ['78'],
  papers: onlySecond,
});

/** Slots at eight and, with another role, at nine. */
const RENAMED = [
  buildChange({ ...SETTINGS, minute: 8 * 60, mention: '78' }),
  buildChange(
    { ...SETTINGS, scheduledSince: { earliest: NINE - 30 * MINUTE, latest: NINE - 30 * MINUTE + 100 } },
    NINE - 30 * MINUTE,
  ),
];

describe('the auditor has nothing to say', () => {
  it('when all that is owed came, once and in time', () => {
    const history = buildHistory();

    expect(audit(history)).toEqual([]);
    expect(findMissing(history)).toEqual({ owed: 2, missing: 0 });
  });

  it.each<[string, Partial<History>]>([
    [
      'that came late because the bot was down',
      { disturbances: [{ from: NINE, to: NINE + 3 * MINUTE, kind: 'down' }] },
    ],
    [
      'that came late because its channel was troubled',
      { disturbances: [{ from: NINE, to: NINE + 3 * MINUTE, kind: 'request', channelId: CHANNEL }] },
    ],
  ])('of a digest %s', (_, about) => {
    expect(audit(buildHistory({ ...about, messages: [buildMessage({ at: NINE + 3.5 * MINUTE })] }))).toEqual(
      [],
    );
  });

  it('of a slot that was refused for want of a permission', () => {
    const disturbances = [{ from: NINE - 1_000, to: NINE + 1_000, kind: 'permission', channelId: CHANNEL }];

    expect(audit(buildHistory({ messages: [], disturbances }))).toEqual([]);
  });

  it('of what the archive lost before the slot was decided, which is left to the next one', () => {
    expect(kinds(buildHistory({ messages: [], archiveLostAt: [NINE - 10 * MINUTE] }))).toEqual(['lost']);
    expect(audit(buildHistory({ messages: [], archiveLostAt: [NINE + 1_000] }))).toEqual([]);
  });

  it('of a forum where each paper has a post, and those over the most share one', () => {
    const posts = [
      buildMessage({ papers: onlyFirst }),
      buildMessage({ step: 1, at: NINE + 3_000, roles: [], papers: onlySecond }),
    ];
    const shared = buildChange({ ...SETTINGS, max: 1 });
    const most = { id: '2605.00003', listDay: '2026-05-04', upvotes: 99, text: '', names: '' };
    const three = [most, ...LISTED];
    const listings = [{ at: NINE - MINUTE, day: '2026-05-04', papers: three }];
    const sharing = [
      buildMessage({ papers: [most] }),
      buildMessage({ step: 1, at: NINE + 3_000, roles: [] }),
    ];

    expect(audit(buildHistory({ kind: 'forum', messages: posts }))).toEqual([]);
    expect(audit(buildHistory({ kind: 'forum', messages: sharing, changes: [shared], listings }))).toEqual(
      [],
    );
  });

  it('of what was lost between a slot and its digest, and then came with the next one', () => {
    const without = buildMessage({ papers: onlyFirst });

    expect(kinds(buildHistory({ messages: [without], archiveLostAt: [NINE + 1_000] }))).toEqual([]);
    expect(kinds(buildTwoDays({ first: without, second: onlySecond }))).toEqual([]);
  });

  it.each<[string, Partial<History>]>([
    ['while the slot that it named gets one of its own', { messages: [heldUp, ofNewSlot] }],
    ['and mentions the role of before', { messages: [{ ...heldUp, papers: buildMessage().papers }] }],
    [
      'while nothing had been collected for the new slot',
      {
        messages: [{ ...heldUp, papers: buildMessage().papers }],
        listings: [{ at: NINE - 8 * MINUTE, day: '2026-05-04', papers: LISTED }],
      },
    ],
  ])('of a digest that is held up until after a change of its schedule, %s', (_, about) => {
    expect(audit(buildHistory({ ...HELD, ...about }))).toEqual([]);
  });

  it('of a digest that is answered slowly, while its machine sleeps over a change that is not heard of yet', () => {
    let real = NINE + 10 * MINUTE;
    const timeline = createTimeline({ real: SEVEN - MINUTE, virtual: SEVEN - MINUTE, speed: 1 }, () => real);
    timeline.leap(24 * 60 * MINUTE);
    const awakeAt = real;
    real += 2_000;
    timeline.leap(4 * 60 * MINUTE);
    const scheduledSince = { earliest: timeline.virtualAt(real - 1_000), latest: timeline.virtualAt(real) };
    const moved = buildChange({ ...SETTINGS, minute: 13 * 60, scheduledSince }, real);
    const second = buildMessage({ deliveryId: 'd2', at: real + 1_000, papers: onlySecond });
    const disturbances = [
      { from: awakeAt + 1_000, to: real + 1_000, kind: 'request', channelId: CHANNEL },
      { from: awakeAt + 2_000, to: real + MINUTE, kind: 'source' },
    ];
    const listings = [
      { at: NINE - MINUTE, day: '2026-05-04', papers: onlyFirstListed },
      { at: awakeAt + 500, day: '2026-05-05', papers: LISTED },
    ];
    real += 10 * MINUTE;

    const history = buildHistory({
      timeline,
      endedAt: real,
      listings,
      disturbances,
      changes: [buildChange(SETTINGS), moved],
      messages: [buildMessage({ papers: onlyFirst }), second],
    });

    expect(audit(history)).toEqual([]);
  });

  it('of what is hidden by choice', () => {
    const changes = [buildChange({ ...SETTINGS, max: 1, rest: 'hide' })];

    expect(audit(buildHistory({ changes, messages: [buildMessage({ papers: onlyFirst })] }))).toEqual([]);
  });

  it('of a slot that nothing was collected for, decided two hours after it by a machine that slept', () => {
    let real = NINE + 10 * MINUTE;
    const timeline = createTimeline({ real: SEVEN - MINUTE, virtual: SEVEN - MINUTE, speed: 1 }, () => real);
    timeline.leap(26 * 60 * MINUTE);
    const awakeAt = real;
    real += 10 * MINUTE;
    const tomorrow = [
      { ...LISTED[0], id: '2605.00003', listDay: '2026-05-05', upvotes: 7, text: '', names: '' },
    ];
    const listings = [
      { at: NINE - MINUTE, day: '2026-05-04', papers: LISTED },
      { at: NINE + 5 * MINUTE, day: '2026-05-05', papers: tomorrow },
    ];
    const papers = tomorrow.map(({ id, upvotes }) => ({ id, upvotes }));
    const second = buildMessage({ deliveryId: 'd2', at: awakeAt + 2_000, papers });

    const history = buildHistory({ timeline, endedAt: real, listings, messages: [buildMessage(), second] });

    expect(audit(history)).toEqual([]);
  });

  it('of two digests in a row over whose sending the machine slept', () => {
    let real = NINE + 10_000;
    const timeline = createTimeline({ real: SEVEN - MINUTE, virtual: SEVEN - MINUTE, speed: 1 }, () => real);
    timeline.leap(26 * 60 * MINUTE);
    const tuesdayAt = real;
    real += MINUTE;
    timeline.leap(24 * 60 * MINUTE);
    const wednesdayAt = real;
    real += 10 * MINUTE;
    const listed = ['2026-05-04', '2026-05-05', '2026-05-06'].map((day, index) => ({
      day,
      papers: [{ id: `2605.0000${index + 1}`, listDay: day, upvotes: 7, text: '', names: '' }],
    }));
    const collectedAt = [NINE - MINUTE, tuesdayAt + 100, wednesdayAt + 100];
    const sentAt = [tuesdayAt + 500, wednesdayAt + 500, wednesdayAt + 20_000];

    const history = buildHistory({
      timeline,
      endedAt: real,
      listings: listed.map((listing, index) => ({ ...listing, at: collectedAt[index] ?? 0 })),
      messages: listed.map(({ papers }, index) =>
        buildMessage({ deliveryId: `d${index}`, at: sentAt[index] ?? 0, papers }),
      ),
    });

    expect(audit(history)).toEqual([]);
  });

  it('of such a slot where the one before it is too old to be sent', () => {
    let real = NINE + 10 * MINUTE;
    const timeline = createTimeline({ real: SEVEN - MINUTE, virtual: SEVEN - MINUTE, speed: 1 }, () => real);
    timeline.leap(47 * 60 * MINUTE);
    real += MINUTE;
    timeline.leap(4 * 60 * MINUTE);
    const awakeAt = real;
    real += 10 * MINUTE;
    const later = [{ id: '2605.00003', listDay: '2026-05-06', upvotes: 7, text: '', names: '' }];
    const listings = [
      { at: NINE - MINUTE, day: '2026-05-04', papers: [] },
      { at: NINE + 5 * MINUTE, day: '2026-05-06', papers: later },
    ];
    const papers = later.map(({ id, upvotes }) => ({ id, upvotes }));
    const message = buildMessage({ at: awakeAt + 2_000, papers });
    const changes = [buildChange({ ...SETTINGS, days: [1, 3] })];

    const history = buildHistory({ timeline, endedAt: real, listings, changes, messages: [message] });

    expect(audit(history)).toEqual([]);
  });

  it('of what waited for direct messages to be opened, once', () => {
    const late = buildMessage({ at: NINE + MINUTE + 4_000, roles: [] });
    const tomorrow = NINE + 24 * 60 * MINUTE;
    const papers = [{ id: '2605.00003', listDay: '2026-05-05', upvotes: 7, text: '', names: '' }];
    const second = buildMessage({ deliveryId: 'd2', at: tomorrow + MINUTE + 4_000, roles: [], papers });
    const { mention: _nobody, ...settings } = SETTINGS;
    const changes = [buildChange(settings)];
    const listings = [
      { at: NINE - MINUTE, day: '2026-05-04', papers: LISTED },
      { at: tomorrow - MINUTE, day: '2026-05-05', papers },
    ];
    const endedAt = tomorrow + 10 * MINUTE;
    const timeline = createTimeline({ real: SEVEN, virtual: SEVEN, speed: 1 }, () => endedAt);
    const about = { kind: 'dm', changes, listings, timeline, endedAt } as const;

    expect(audit(buildHistory({ ...about, messages: [late] }))).toMatchObject([{ kind: 'lost' }]);
    expect(kinds(buildHistory({ ...about, messages: [late, second] }))).toEqual(['late']);
  });

  it('of a command that was under way when its slot came', () => {
    const paused = buildChange({ ...SETTINGS, isPaused: true }, NINE - 500, {
      ackedAt: NINE + 500,
      cancels: true,
    });

    expect(audit(buildHistory({ changes: [buildChange(SETTINGS), paused], messages: [] }))).toEqual([]);
    expect(audit(buildHistory({ changes: [buildChange(SETTINGS), paused] }))).toEqual([]);
  });
});

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
    ['wrong_form', 'two papers share a post of a forum', { kind: 'forum' }],
    [
      'wrong_form',
      'papers over the most have posts of their own',
      {
        kind: 'forum',
        changes: [buildChange({ ...SETTINGS, max: 0 })],
        messages: [
          buildMessage({ papers: onlyFirst }),
          buildMessage({ step: 1, at: NINE + 3_000, roles: [], papers: onlySecond }),
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
      'unwanted',
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
