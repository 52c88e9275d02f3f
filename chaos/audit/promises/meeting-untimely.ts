import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../calendar.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { listMeetingDebts, reminderOf } from '../meetings/meeting-debts.ts';
import { REMINDERS } from '../meetings/meeting-times.ts';
import {
  type GroupEvidence,
  type MeetingMessage,
  plannedStartOf,
  type SeenMeeting,
} from '../meetings/meetings.ts';
import { mostAhead, wasClockWrong } from '../evidence/wrong-clock.ts';
import { atEachMeeting, type Promise } from '../promise.ts';

/** Real: a request that was planned in time may have its effect so late. */
const UNDER_WAY_MS = 20_000;
/** By the replayed clock: as far as a machine's clock is slow at most. */
const SLOW_MS = HOUR_MS;

export const MEETING_UNTIMELY: Promise = {
  figure: 'meeting_untimely',
  sentence:
    "What a meeting brings comes within a minute of its time by the group's zone, and never before, and its event is at its hour.",
  check: atEachMeeting((evidence, group, meeting) => [
    ...listMeetingDebts(evidence, group, meeting)
      .filter(({ cameAt = 0, deadline }) => cameAt > deadline)
      .map(({ what, cameAt = 0, deadline }) => `${what}, ${Math.round((cameAt - deadline) / 1000)} s late`),
    ...judgeDecision(evidence, group, meeting),
    ...judgePolls(evidence, group, meeting),
    ...judgeEvents(group, meeting),
    ...meeting.reminders.flatMap((one) => judgeReminder(evidence, one)),
  ]),
};

/** By the clock of the machine, which may be fast. */
function shownAt({ history }: Evidence, at: Instant): Instant {
  return history.timeline.virtualAt(at) + mostAhead(history, at);
}

/** Nobody decides before it is time but those who may. */
function judgeDecision(
  evidence: Evidence,
  { group }: GroupEvidence,
  { decideAt, nominees, polls, chosen, nothing }: SeenMeeting,
): readonly string[] {
  const { timeline } = evidence.history;
  const isAsked = (at: Instant) =>
    group.decisions.some(
      ({ kind, sentAt }) =>
        kind === 'poll' && sentAt <= at && timeline.virtualAt(sentAt) > decideAt - 7 * DAY_MS,
    );
  return [...nominees, ...polls, ...chosen, ...nothing]
    .filter(({ at }) => shownAt(evidence, at) < decideAt && !isAsked(at))
    .map(
      ({ id, meeting, at }) =>
        `${meeting.kind} ${id}, ${minutes(decideAt - shownAt(evidence, at))} min early`,
    );
}

/** A poll is open for as long as was set, and its paper waits for its end. */
function judgePolls(
  evidence: Evidence,
  { group, schedule }: GroupEvidence,
  { nominees, polls, chosen, startsAt }: SeenMeeting,
): readonly string[] {
  const { timeline } = evidence.history;
  const lengths = nominees.flatMap((one) => {
    const postedAt = timeline.virtualAt(one.at);
    const mostHours = schedule?.pollHours ?? 0;
    const isAsked = group.decisions.some(({ kind, sentAt }) => kind === 'poll' && sentAt <= one.at);
    const { hours, closesAt = 0 } = one.meeting;
    const told = hours ?? (closesAt - postedAt) / HOUR_MS;
    const isLate = postedAt + (mostHours + 1) * HOUR_MS > startsAt;
    const isOff = told > mostHours + 1 || (hours !== undefined && !isLate && hours !== mostHours);
    return isOff && !isAsked ? [`a poll of ${told.toFixed(1)} hours in ${one.id}`] : [];
  });
  const [first] = chosen;
  const above = nominees.findLast(({ at }) => at <= (first?.at ?? 0));
  const poll = polls.findLast(({ at }) => at >= (above?.at ?? Infinity) && at <= (first?.at ?? 0));
  const closesAt = above?.meeting.closesAt ?? poll?.meeting.closesAt;
  if (first === undefined || closesAt === undefined) return lengths;
  const isEnded = group.decisions.some(
    ({ kind, sentAt }) => kind === 'end' && sentAt <= first.at && sentAt >= (above?.at ?? 0),
  );
  const isEarly = shownAt(evidence, first.at) < closesAt && !isEnded;
  return isEarly ? [...lengths, `the paper ${first.id} before the end of its poll`] : lengths;
}

function judgeEvents({ schedule }: GroupEvidence, { events, startsAt }: SeenMeeting): readonly string[] {
  return events.flatMap((event) => {
    const lateMs = plannedStartOf(event) - startsAt;
    const lasts = (event.endsAt - event.startsAt) / MINUTE_MS;
    return [
      ...(lateMs === 0 ? [] : [`event ${event.id}, ${minutes(lateMs)} min off`]),
      ...(lasts === schedule?.minutes ? [] : [`event ${event.id} of ${lasts} min`]),
    ];
  });
}

function judgeReminder(evidence: Evidence, message: MeetingMessage): readonly string[] {
  const { timeline } = evidence.history;
  const { at, id, meeting } = message;
  const startsAt = meeting.startsAt ?? 0;
  const kind = reminderOf(timeline.virtualAt(at), message);
  const { beforeMs, usefulMs } = REMINDERS[kind];
  const slowMs = wasClockWrong(evidence.history, at - UNDER_WAY_MS, at) ? SLOW_MS : 0;
  const isEarly = shownAt(evidence, at) < startsAt - beforeMs;
  const isLate = timeline.virtualAt(at - UNDER_WAY_MS) > startsAt - usefulMs + slowMs;
  return isEarly || isLate
    ? [`reminder ${id}, ${minutes(startsAt - timeline.virtualAt(at))} min before`]
    : [];
}

function minutes(ms: number): number {
  return Math.round(ms / MINUTE_MS);
}
