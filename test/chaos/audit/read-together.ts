import { audit } from '../../../chaos/audit/audit.ts';
import type { GroupHistory, NominationChange, SeenEvent } from '../../../chaos/audit/group-history.ts';
import type { Disturbance, History } from '../../../chaos/audit/history.ts';
import type { MeetingPart, PostedMessage } from '../../../chaos/audit/shown.ts';
import { createTimeline } from '../../../chaos/timeline.ts';
import { buildHistory, buildMessage, LISTED, listPaper } from './audited-history.ts';

/**
 * A group that meets on Tuesdays at 18:00 in New York, whose clocks go forward two days before: it is set up on Wednesday
 * the 4th, its poll opens on Saturday, the day before, and ends on Sunday, the day of the change.
 */
export const SET_UP = Date.UTC(2026, 2, 4, 12);
export const OPENS = Date.UTC(2026, 2, 7, 22);
export const CLOSES = Date.UTC(2026, 2, 8, 22);
export const MEETING = Date.UTC(2026, 2, 10, 22);
export const DAY_BEFORE = Date.UTC(2026, 2, 9, 22);
export const HOUR_BEFORE = Date.UTC(2026, 2, 10, 21);
const ENDED = Date.UTC(2026, 2, 11, 2);

export const CLUB = '500';
export const MINUTE = 60_000;
export const THIRD = '2605.00003';
/** In the order in which they are nominated. */
export const [FIRST, SECOND] = ['2605.00001', '2605.00002'] as const;
const TITLES = ['About robots', 'About videos'] as const;
const PRESENTER = '71';

export function nominate(
  paperId: string,
  at: number,
  about: Partial<NominationChange> = {},
): NominationChange {
  return { paperId, isNominated: true, sentAt: at, ackedAt: at + 100, ...about };
}

export function say(
  id: string,
  at: number,
  meeting: MeetingPart,
  about: Partial<PostedMessage> = {},
): PostedMessage {
  const controls =
    meeting.kind === 'nominees'
      ? meeting.paperIds.flatMap((target) => [
          { name: 'card-menu', label: '', target, beside: undefined },
          ...(meeting.closesAt === undefined
            ? []
            : [{ name: 'reading-vote', label: '1', target, beside: undefined }]),
        ])
      : [];
  const { announced: _none, ...plain } = buildMessage({ papers: [], roles: [], deliveryId: `d${id}` });
  return { ...plain, id, at, channelId: CLUB, placeId: CLUB, controls, meeting, ...about };
}

export const NOMINEES = say('601', OPENS + 1_000, {
  kind: 'nominees',
  startsAt: MEETING,
  paperIds: [FIRST, SECOND],
  hours: 24,
});
export const POLL = say('602', OPENS + 2_000, {
  kind: 'poll',
  paperIds: [],
  answers: TITLES,
  closesAt: CLOSES + 2_000,
});
export const chosen = (about: Partial<MeetingPart> = {}, message: Partial<PostedMessage> = {}) =>
  say(
    '603',
    CLOSES + 4_000,
    {
      kind: 'chosen',
      startsAt: MEETING,
      paperIds: [SECOND],
      how: 'poll',
      votes: 2,
      total: 3,
      presenterId: PRESENTER,
      ...about,
    },
    { thread: 'About videos', ...message },
  );
export const remind = (id: string, at: number, about: Partial<MeetingPart> = {}) =>
  say(id, at, {
    kind: 'reminder',
    startsAt: MEETING,
    paperIds: [SECOND],
    presenterId: PRESENTER,
    threadId: '603',
    eventId: '700',
    ...about,
  });
export const EVENT: SeenEvent = {
  id: '700',
  madeAt: CLOSES + 5_000,
  name: 'Reading group: About videos',
  about: 'We read "About videos".\n\nDiscussion:\nhttps://discord.com/channels/1/603',
  startsAt: MEETING,
  endsAt: MEETING + 60 * MINUTE,
  earlier: [],
};
export const ALL = [
  NOMINEES,
  POLL,
  chosen(),
  remind('604', DAY_BEFORE + 1_000),
  remind('605', HOUR_BEFORE + 1_000),
];

export const GROUP: GroupHistory = {
  guildId: '1',
  channelId: CLUB,
  hasPolls: true,
  schedule: {
    weekday: 2,
    minute: 18 * 60,
    zone: 'America/New_York',
    minutes: 60,
    pollHours: 24,
    readDays: 2,
    presenters: [PRESENTER, '72'],
    sentAt: SET_UP,
    ackedAt: SET_UP + 100,
  },
  nominations: [nominate(FIRST, SET_UP + MINUTE), nominate(SECOND, SET_UP + 2 * MINUTE)],
  ballots: [
    [1, '81'],
    [2, '82'],
    [2, '83'],
  ].map(([answer, userId], index) => ({
    messageId: '602',
    userId: String(userId),
    answer: Number(answer),
    sentAt: OPENS + index * MINUTE,
    ackedAt: OPENS + index * MINUTE,
  })),
  decisions: [],
  deleted: [],
  events: [EVENT],
  unanswered: 0,
};

/** Of that group alone; both clocks go at the same pace. */
export function readTogether(
  messages: readonly PostedMessage[],
  group: Partial<GroupHistory> = {},
  disturbances: readonly Disturbance[] = [],
): History {
  const papers = [...LISTED, listPaper({ id: THIRD, title: 'About kites' })];
  return buildHistory({
    destinations: [],
    groups: [{ ...GROUP, ...group }],
    timeline: createTimeline({ real: SET_UP - MINUTE, virtual: SET_UP - MINUTE, speed: 1 }, () => ENDED),
    endedAt: ENDED,
    listings: [{ at: SET_UP, day: '2026-03-04', papers }],
    messages,
    disturbances,
  });
}

export const complaintsOf = (...given: Parameters<typeof readTogether>) => [
  ...new Set(audit(readTogether(...given)).map(({ kind }) => kind)),
];
/** The whole, without messages of these ids, and with others. */
export const instead = (ids: readonly string[], ...others: readonly PostedMessage[]) => [
  ...ALL.filter(({ id }) => !ids.includes(id)),
  ...others,
];
