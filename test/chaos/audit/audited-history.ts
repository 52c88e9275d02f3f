import { audit } from '../../../chaos/audit/audit.ts';
import type {
  Change,
  History,
  Listing,
  PaperChange,
  PlaceKind,
  PostedMessage,
  Settings,
} from '../../../chaos/audit/history.ts';
import { createTimeline } from '../../../chaos/timeline.ts';
import { addDays, type Instant } from '../../../src/calendar/zoned-time.ts';

/** Monday; the clocks go at the same pace here, and the slot is at nine. */
export const MONDAY = Date.UTC(2026, 4, 4);
export const SEVEN = MONDAY + 7 * 3_600_000;
export const EIGHT = MONDAY + 8 * 3_600_000;
export const NINE = MONDAY + 9 * 3_600_000;
export const MINUTE = 60_000;
export const ROLE = '77';
export const CHANNEL = '100';
export const LISTED = [
  { id: '2605.00001', listDay: '2026-05-04', upvotes: 9, text: 'About robots', names: '', hasCode: false },
  { id: '2605.00002', listDay: '2026-05-04', upvotes: 5, text: 'About videos', names: '', hasCode: false },
];

export const SETTINGS: Settings = {
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

export function buildChange(settings: Settings | undefined, at = SEVEN, about: Partial<Change> = {}): Change {
  return { sentAt: at, ackedAt: at + 100, settings, cancels: false, ...about };
}

export function buildMessage(about: Partial<PostedMessage> = {}): PostedMessage {
  return {
    channelId: CHANNEL,
    at: NINE + 2_000,
    content: 'Mon 4 May',
    roles: [ROLE],
    deliveryId: 'd1',
    step: 0,
    papers: LISTED.map(({ id, upvotes }) => ({ id, upvotes })),
    problems: [],
    edits: [],
    ...about,
  };
}

/** Each collection gets the current list day and the one before. */
export function withDayBefore(listing: Listing): readonly Listing[] {
  return [listing, { ...listing, day: addDays(listing.day, -1), papers: [] }];
}

export function buildHistory(
  about: Partial<History> & {
    changes?: readonly Change[];
    paperChanges?: readonly PaperChange[];
    samples?: readonly Instant[];
    canReadHistory?: boolean;
    kind?: PlaceKind;
  } = {},
): History {
  const {
    changes = [buildChange(SETTINGS)],
    paperChanges = [],
    samples = [],
    canReadHistory = true,
    kind = 'text',
    listings = [NINE - 20 * MINUTE, NINE - MINUTE].map((at) => ({ at, day: '2026-05-04', papers: LISTED })),
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
        paperChanges,
        samples: samples.map((pressedAt) => ({ pressedAt })),
        canReadHistory,
        unanswered: 0,
      },
    ],
    messages: [buildMessage()],
    disturbances: [],
    refusals: [],
    visits: [],
    archiveLostAt: [],
    lives: [],
    wrongStarts: [],
    ...rest,
    listings: listings.flatMap(withDayBefore),
  };
}

/** Two slots, between which a machine sleeps; after the first one the archive was lost, and filled again. */
export function buildTwoDays(got: {
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

export const kinds = (history: History) => [...new Set(audit(history).map(({ kind }) => kind))];
export const onlyFirst = LISTED.slice(0, 1).map(({ id, upvotes }) => ({ id, upvotes }));
export const onlyFirstListed = LISTED.slice(0, 1);
export const onlySecond = LISTED.slice(1).map(({ id, upvotes }) => ({ id, upvotes }));

/** From nine on nobody is let in; the schedule is moved to five past, with another role, before somebody is again. */
export const HELD = {
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
export const heldUp = buildMessage({ at: NINE + 5.5 * MINUTE, papers: onlyFirst });
export const ofNewSlot = buildMessage({
  at: NINE + 5.8 * MINUTE,
  deliveryId: 'd2',
  roles: [],
  papers: onlySecond,
});
