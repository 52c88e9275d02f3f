import { audit } from '../../../chaos/audit/audit.ts';
import type {
  Change,
  History,
  ListedPaper,
  Listing,
  PaperChange,
  PlaceKind,
  Settings,
} from '../../../chaos/audit/history.ts';
import type { Control, PostedMessage, ShownPaper } from '../../../chaos/audit/shown.ts';
import { createTimeline } from '../../../chaos/timeline.ts';
import { addDays, formatDay, type Instant } from '../../../chaos/audit/calendar.ts';

/** Monday; the clocks go at the same pace here, and the slot is at nine. */
export const MONDAY = Date.UTC(2026, 4, 4);
export const SEVEN = MONDAY + 7 * 3_600_000;
export const EIGHT = MONDAY + 8 * 3_600_000;
export const NINE = MONDAY + 9 * 3_600_000;
export const MINUTE = 60_000;
export const ROLE = '77';
export const CHANNEL = '100';

/** A paper as Hugging Face lists it. */
export function listPaper(about: Partial<ListedPaper> = {}): ListedPaper {
  const { id = '2605.00001', title = 'About robots', ...rest } = about;
  return {
    id,
    title,
    listDay: '2026-05-04',
    upvotes: 9,
    text: title,
    names: '',
    hasCode: false,
    abstract: `What is known ${title.toLowerCase()}.`,
    summary: '',
    by: ['', 'Ada Lovelace'],
    comments: 0,
    stars: 0,
    ...rest,
  };
}

export const LISTED = [
  listPaper(),
  listPaper({ id: '2605.00002', title: 'About videos', upvotes: 5 }),
] as const;

/** A paper as a message shows it. */
export type Brief = Partial<ShownPaper> & { readonly id: string; readonly listDay?: string };

function showPaper({ id, upvotes, ...rest }: Brief): ShownPaper {
  const title = LISTED.find((one) => one.id === id)?.title ?? 'About robots';
  return {
    id,
    title,
    upvotes,
    number: undefined,
    form: 'card',
    lines: ['-# Ada Lovelace'],
    ...rest,
  };
}

/** What stands below papers that are cards. */
function controlPapers(papers: readonly ShownPaper[]): readonly Control[] {
  const isLone = papers.length === 1;
  const saves = papers
    .filter(({ form }) => isLone || form === 'card')
    .map(({ id }) => ({
      name: 'save',
      label: 'Save',
      target: id,
      beside: isLone ? undefined : id,
    }));
  const opens = papers.map(({ id, title, upvotes = 0 }) => ({
    name: isLone ? 'card' : 'card-menu',
    label: isLone ? 'Details' : `${title}\n${upvotes} upvotes`,
    target: id,
    beside: undefined,
  }));
  return [...saves, ...opens];
}

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

export type MessageBrief = Partial<Omit<PostedMessage, 'papers'>> & { readonly papers?: readonly Brief[] };

export function buildMessage(about: MessageBrief = {}): PostedMessage {
  const { papers: given, ...rest } = about;
  const briefs: readonly Brief[] = given ?? LISTED;
  const papers = briefs.map(({ id, upvotes, number, title, form, lines }, index) =>
    showPaper({
      id,
      number: number ?? (briefs.length > 1 ? index + 1 : undefined),
      ...(upvotes === undefined ? {} : { upvotes }),
      ...(title === undefined ? {} : { title }),
      ...(form === undefined ? {} : { form }),
      ...(lines === undefined ? {} : { lines }),
    }),
  );
  return {
    id: '1',
    channelId: CHANNEL,
    placeId: CHANNEL,
    at: NINE + 2_000,
    content: '',
    look: 'layout',
    roles: [ROLE],
    others: [],
    deliveryId: 'd1',
    step: 0,
    ...(papers.length === 0
      ? {}
      : {
          heading: {
            covers: 'digest' as const,
            day: formatDay(briefs[0]?.listDay ?? '2026-05-04'),
            papers: papers.length,
            earlier: 0,
            earlierDay: '',
          },
        }),
    papers,
    controls: controlPapers(papers),
    problems: [],
    edits: [],
    ...rest,
  };
}

/** The first message of a delivery has a heading for all of them, and numbers go on; posts have no heading. */
function join(messages: readonly PostedMessage[], kind: PlaceKind): readonly PostedMessage[] {
  if (kind === 'forum') {
    return messages.map(({ heading: _none, ...post }) => ({ ...post, placeId: `${post.id}${post.step}` }));
  }
  const counts = Map.groupBy(messages, ({ deliveryId }) => deliveryId);
  return messages.map((message) => {
    const { heading, papers, deliveryId } = message;
    const all = counts.get(deliveryId) ?? [];
    if (all.length === 1 || heading === undefined) return message;
    const before = all.slice(0, all.indexOf(message)).flatMap((one) => one.papers).length;
    const numbered = papers.map((paper, index) => ({ ...paper, number: before + index + 1 }));
    const { heading: _none, ...rest } = { ...message, papers: numbered };
    const total = all.flatMap((one) => one.papers).length;
    return before === 0 ? { ...rest, heading: { ...heading, papers: total } } : rest;
  });
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
    messages = [buildMessage()],
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
    groups: [],
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
    messages: join(messages, kind),
    listings: listings.flatMap(withDayBefore),
  };
}

/** Two slots, between which a machine sleeps; after the first one the archive was lost, and filled again. */
export function buildTwoDays(got: {
  readonly first: PostedMessage;
  readonly second: readonly Brief[];
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
