import { DAY_MS, type Instant } from '../calendar.ts';
import type { GroupHistory, GroupSchedule, SeenEvent } from '../group-history.ts';
import type { DestinationHistory, History } from '../history.ts';
import type { MeetingPart, PostedMessage } from '../shown.ts';
import { decideAtOf, meetingsBetween } from './meeting-times.ts';

export type MeetingMessage = PostedMessage & { readonly meeting: MeetingPart };

/** One time that a group was to meet, and what stands of it; each in order of time. */
export interface SeenMeeting {
  /** On the replayed clock, as planned. */
  readonly startsAt: Instant;
  readonly decideAt: Instant;
  /** Above a poll, or with buttons. */
  readonly nominees: readonly MeetingMessage[];
  /** Discord's own. */
  readonly polls: readonly MeetingMessage[];
  readonly chosen: readonly MeetingMessage[];
  readonly nothing: readonly MeetingMessage[];
  readonly reminders: readonly MeetingMessage[];
  readonly events: readonly SeenEvent[];
}

export interface GroupEvidence {
  readonly group: GroupHistory;
  /** Its channel, as one that nobody told anything about papers. */
  readonly destination: DestinationHistory;
  readonly schedule: NonNullable<GroupHistory['schedule']> | undefined;
  readonly messages: readonly MeetingMessage[];
  readonly meetings: readonly SeenMeeting[];
  /** What is of no meeting that the group has. */
  readonly loose: readonly string[];
}

const WEEK_MS = 7 * DAY_MS;
/** A week, in which the last meeting of a run may be prepared. */
const AHEAD_MS = 8 * DAY_MS;

export function buildGroup(
  { timeline, endedAt, messages: all }: History,
  group: GroupHistory,
): GroupEvidence {
  const { channelId, schedule } = group;
  const messages = all
    .flatMap((message) => {
      const { meeting } = message;
      return meeting === undefined || message.channelId !== channelId ? [] : [{ ...message, meeting }];
    })
    .toSorted((a, b) => a.at - b.at);
  const starts =
    schedule === undefined
      ? []
      : meetingsBetween(
          schedule,
          timeline.virtualAt(schedule.sentAt),
          timeline.virtualAt(endedAt) + AHEAD_MS,
        );
  const meetings =
    schedule === undefined ? [] : starts.map((startsAt) => gather(messages, group, { schedule, startsAt }));
  return {
    group,
    schedule,
    destination: {
      channelId,
      kind: 'text',
      changes: [],
      paperChanges: [],
      samples: [],
      canReadHistory: true,
      unanswered: group.unanswered,
    },
    messages,
    meetings,
    loose: findLoose(messages, group, meetings),
  };
}

function gather(
  messages: readonly MeetingMessage[],
  { events }: GroupHistory,
  { schedule, startsAt }: { readonly schedule: GroupSchedule; readonly startsAt: Instant },
): SeenMeeting {
  const stating = (kind: MeetingPart['kind']) =>
    messages.filter(({ meeting }) => meeting.kind === kind && meeting.startsAt === startsAt);
  const nominees = stating('nominees');
  const chosen = stating('chosen');
  const own = events.filter((event) => isOf(event, chosen, startsAt));
  return {
    startsAt,
    decideAt: decideAtOf(schedule, startsAt),
    nominees,
    polls: messages.filter((one) => one.meeting.kind === 'poll' && isForMeeting(one, messages, startsAt)),
    chosen,
    nothing: stating('nothing'),
    reminders: messages.filter(({ meeting }) => {
      if (meeting.kind !== 'reminder') return false;
      const { threadId, eventId } = meeting;
      if (threadId !== undefined) return chosen.some(({ id }) => id === threadId);
      if (eventId !== undefined) return own.some(({ id }) => id === eventId);
      return meeting.startsAt === startsAt;
    }),
    events: own,
  };
}

/** By the list right above it; where that was refused it ends before the meeting, and after the one a week before. */
function isForMeeting(
  { at, meeting: { closesAt = 0 } }: MeetingMessage,
  messages: readonly MeetingMessage[],
  startsAt: Instant,
): boolean {
  const above = messages.findLast(
    (one) => one.at < at && (one.meeting.kind === 'poll' || one.meeting.hours !== undefined),
  );
  return above?.meeting.kind === 'nominees'
    ? above.meeting.startsAt === startsAt
    : closesAt < startsAt && closesAt >= startsAt - WEEK_MS;
}

/** By the message that it leads to, else by when it was planned. */
function isOf(event: SeenEvent, chosen: readonly MeetingMessage[], startsAt: Instant): boolean {
  const link = /\/channels\/\d+\/(?:\d+\/)?(\d+)$/u.exec(event.about)?.[1];
  return chosen.some(({ id }) => id === link) || (plannedStartOf(event) === startsAt && chosen.length === 0);
}

/** When it was to begin before anybody moved it. */
export function plannedStartOf({ earlier, startsAt }: SeenEvent): Instant {
  return earlier[0]?.startsAt ?? startsAt;
}

function findLoose(
  messages: readonly MeetingMessage[],
  { events }: GroupHistory,
  meetings: readonly SeenMeeting[],
): readonly string[] {
  const held = new Set(
    meetings.flatMap((one) => [
      ...one.nominees,
      ...one.polls,
      ...one.chosen,
      ...one.nothing,
      ...one.reminders,
    ]),
  );
  const known = new Set(meetings.flatMap((one) => one.events));
  return [
    ...messages.filter((one) => !held.has(one)).map(({ id, meeting }) => `${meeting.kind} ${id}`),
    ...events.filter((one) => !known.has(one)).map(({ id, name }) => `event ${id} "${name}"`),
  ];
}
