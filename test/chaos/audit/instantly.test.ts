import { describe, expect, it } from 'vitest';
import { audit, findMissing } from '../../../chaos/audit/audit.ts';
import type { Change, History, ListedPaper, Settings } from '../../../chaos/audit/history.ts';
import type { PostedMessage } from '../../../chaos/audit/shown.ts';
import { buildMessage as buildAudited, listPaper, type MessageBrief } from './audited-history.ts';
import { createTimeline } from '../../../chaos/timeline.ts';

/** Monday; the clocks go at the same pace here, and papers come instantly from seven o'clock on. */
const MINUTE = 60_000;
const SEVEN = Date.UTC(2026, 4, 4, 7);
const NINE = SEVEN + 120 * MINUTE;
const CHANNEL = '100';
const ROLE = '77';
const DAY = '2026-05-04';
const OLD = listPaper({ listDay: '2026-05-03', upvotes: 1 });
const NEW = listPaper({ id: '2605.00002', title: 'About videos', upvotes: 1 });
const LATER: ListedPaper = { ...NEW, id: '2605.00003' };

const since = { earliest: SEVEN, latest: SEVEN + 100 };
const INSTANTLY: Settings = {
  follows: [{ query: '', minUpvotes: 0, since }],
  minute: 9 * 60,
  instantSince: since,
  zone: 'UTC',
  days: [1, 2, 3, 4, 5, 6, 7],
  style: 'cards',
  max: 8,
  rest: 'list',
  mention: ROLE,
  isPaused: false,
  scheduledSince: since,
};

const change: Change = { sentAt: SEVEN, ackedAt: SEVEN + 100, settings: INSTANTLY, cancels: false };

function buildMessage(papers: readonly ListedPaper[], about: MessageBrief = {}): PostedMessage {
  return buildAudited({ at: NINE + 5_000, papers, ...about });
}

/** `OLD` is of the day before its topic was followed, `NEW` comes with the collection of nine o'clock. */
function buildHistory(about: Partial<History> & { readonly changes?: readonly Change[] } = {}): History {
  const { changes = [change], ...rest } = about;
  const endedAt = NINE + 60 * MINUTE;
  return {
    timeline: createTimeline(
      { real: SEVEN - 60 * MINUTE, virtual: SEVEN - 60 * MINUTE, speed: 1 },
      () => endedAt,
    ),
    endedAt,
    destinations: [
      {
        channelId: CHANNEL,
        kind: 'text',
        changes,
        samples: [],
        paperChanges: [],
        canReadHistory: true,
        unanswered: 0,
      },
    ],
    groups: [],
    listings: [
      { at: SEVEN - 10 * MINUTE, day: DAY, papers: [OLD] },
      { at: NINE, day: DAY, papers: [OLD, NEW] },
    ],
    messages: [buildMessage([NEW])],
    disturbances: [],
    refusals: [],
    visits: [],
    archiveLostAt: [],
    archiveEmptiedAt: [],
    absences: [],
    writes: [],
    requests: [],
    answers: [],
    lives: [],
    openFiles: 0,
    wrongStarts: [],
    trespasses: [],
    ...rest,
  };
}

const kinds = (history: History) => [...new Set(audit(history).map(({ kind }) => kind))];

describe('where papers come instantly', () => {
  it('those are owed that were not listed before their topic was followed', () => {
    const history = buildHistory();

    expect(audit(history)).toEqual([]);
    expect(findMissing(history)).toEqual({ owed: 1, missing: 0 });
  });

  it('those of the day that had not come before the switch are owed as well', () => {
    const before = { ...NEW, id: '2605.00000' };
    const listings = [
      { at: SEVEN - 10 * MINUTE, day: DAY, papers: [before] },
      { at: NINE, day: DAY, papers: [before, NEW] },
    ];

    expect(audit(buildHistory({ listings, messages: [buildMessage([before, NEW])] }))).toEqual([]);
    expect(kinds(buildHistory({ listings }))).toEqual(['lost']);
  });

  it('a second digest of a day mentions nobody', () => {
    const listings = [
      ...buildHistory().listings,
      { at: NINE + 20 * MINUTE, day: DAY, papers: [OLD, NEW, LATER] },
    ];
    const second = { deliveryId: 'd2', at: NINE + 20 * MINUTE + 5_000 };

    const quiet = [buildMessage([NEW]), buildMessage([LATER], { ...second, roles: [] })];
    const loud = [buildMessage([NEW]), buildMessage([LATER], second)];

    expect(audit(buildHistory({ listings, messages: quiet }))).toEqual([]);
    expect(kinds(buildHistory({ listings, messages: loud }))).toEqual(['wrong_mention']);
  });

  it.each<[string, string, Parameters<typeof buildHistory>[0]]>([
    ['lost', 'a paper never came', { messages: [] }],
    [
      'late',
      'a paper came over a minute after its collection',
      { messages: [buildMessage([NEW], { at: NINE + 90_000 })] },
    ],
    [
      'unwanted',
      'a paper was listed before its topic was followed',
      { messages: [buildMessage([NEW, OLD])] },
    ],
    [
      'wrong_mention',
      'the first digest of a day mentions nobody',
      { messages: [buildMessage([NEW], { roles: [] })] },
    ],
    [
      'early',
      'a digest comes before any collection after the switch',
      { messages: [buildMessage([NEW], { at: SEVEN + MINUTE })] },
    ],
  ])('%s: %s', (kind, _, about) => {
    expect(kinds(buildHistory(about))).toContain(kind);
  });

  it('a digest of what is known comes after two hours without a collection, and not before', () => {
    const listings = [{ at: SEVEN - 10 * MINUTE, day: DAY, papers: [OLD, NEW] }];
    const kindsAt = (minutes: number) =>
      kinds(buildHistory({ listings, messages: [buildMessage([NEW], { at: SEVEN + minutes * MINUTE })] }));

    expect(kindsAt(119)).toContain('early');
    expect(kindsAt(121)).not.toContain('early');
  });

  it('a digest that comes while everything is ended may be of who was mentioned, or of who was not', () => {
    const again = { at: NINE + 20 * MINUTE, day: DAY, papers: [OLD, NEW, LATER] };
    const listings = [...buildHistory().listings, again];
    const ended: Change = {
      sentAt: again.at + 4_000,
      ackedAt: again.at + 9_000,
      settings: undefined,
      cancels: true,
    };
    const second = { deliveryId: 'd2', at: again.at + 5_000 };
    const quiet = [buildMessage([NEW]), buildMessage([LATER], { ...second, roles: [] })];
    const loud = [buildMessage([NEW]), buildMessage([LATER], second)];
    const about = { listings, changes: [change, ended] };

    expect(audit(buildHistory({ ...about, messages: quiet }))).toEqual([]);
    expect(audit(buildHistory({ ...about, messages: loud }))).toEqual([]);
  });

  it('a mention whose answer was lost may count for the next day, on which it was found', () => {
    const tomorrow = NINE + 24 * 60 * MINUTE;
    const listings = [...buildHistory().listings, { at: tomorrow, day: DAY, papers: [OLD, NEW, LATER] }];
    const second = buildMessage([LATER], { deliveryId: 'd2', at: tomorrow + 5_000, roles: [] });
    const endedAt = tomorrow + 60 * MINUTE;
    const timeline = createTimeline({ real: SEVEN, virtual: SEVEN, speed: 1 }, () => endedAt);
    const about = { listings, messages: [buildMessage([NEW]), second], timeline, endedAt };
    const fault = { from: NINE + 5_000, to: NINE + 6_000, kind: 'request', channelId: CHANNEL };

    expect(kinds(buildHistory(about))).toEqual(['wrong_mention']);
    expect(audit(buildHistory({ ...about, disturbances: [fault] }))).toEqual([]);
  });

  it.each<[string, Partial<History>]>([
    [
      'was refused',
      {
        disturbances: [
          { from: NINE - 30 * MINUTE, to: NINE - 20 * MINUTE, kind: 'permission', channelId: CHANNEL },
        ],
      },
    ],
    ['lost its archive', { archiveLostAt: [NINE + 20_000] }],
  ])('a collection is excused where the bot %s, and the next one counts', (_, about) => {
    const again = { at: NINE + 50 * MINUTE, day: DAY, papers: [OLD, NEW] };
    const listings = [...buildHistory().listings, again];

    expect(audit(buildHistory({ ...about, messages: [] }))).toEqual([]);
    expect(kinds(buildHistory({ ...about, listings, messages: [] }))).toEqual(['lost']);
  });
});
