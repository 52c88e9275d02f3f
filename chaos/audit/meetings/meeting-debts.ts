import { type Instant, MINUTE_MS } from '../calendar.ts';
import type { AuditContext } from '../evidence/context.ts';
import type { Debt } from '../evidence/debts.ts';
import { REMINDERS } from './meeting-times.ts';
import type { GroupEvidence, MeetingMessage, SeenMeeting } from './meetings.ts';
import { isDisturbed } from '../evidence/whole.ts';
import { wasClockWrong } from '../evidence/wrong-clock.ts';

/** Real: how long each may take; a quarter of an hour of the replayed clock, so that a reminder an hour before is owed. */
export const DONE_WITHIN_MS = 15_000;
/** Real: until one meeting is closed, and the next one planned. A message without an answer may land for 17 s, and is waited for. */
const CLOSED_WITHIN_MS = 21_000;
/** Real: what is planned by then is under way. */
const PLANNED_MS = 7_000;
/** By the replayed clock: a poll that was not posted by then need not come any more. */
const POSTED_WITHIN_MS = 45 * MINUTE_MS;
/** By the replayed clock: how far apart a paper and a reminder must be for the reminder to be owed, by any clock. */
const APART_MS = 5 * MINUTE_MS;
const BY_WRONG_CLOCK_MS = 65 * MINUTE_MS;

/** All that had to come of a meeting: what it is, by when, and when it came. */
export function listMeetingDebts(
  context: AuditContext,
  evidence: GroupEvidence,
  meeting: SeenMeeting,
): readonly Debt[] {
  return [
    ...oweDecision(context, evidence, meeting),
    ...meeting.nominees.flatMap((one) => owePoll(context, evidence, { meeting, nominees: one })),
    ...oweChoice(context, evidence, meeting),
    ...oweAnnouncement(context, evidence, meeting),
    ...oweReminders(context, evidence, meeting),
  ].filter(({ deadline }) => deadline <= context.countsUntil);
}

/** What trouble holds up comes with all that it held up elsewhere. */
function dueBy(
  { deadlines }: AuditContext,
  destination: GroupEvidence['destination'],
  from: Instant,
): Instant {
  const soon = deadlines.after(from, destination, DONE_WITHIN_MS);
  return soon === from + DONE_WITHIN_MS ? soon : deadlines.after(from, destination);
}

/** A poll, the only nomination, or that there is nothing to read. */
function oweDecision(
  context: AuditContext,
  { schedule, destination, meetings }: GroupEvidence,
  meeting: SeenMeeting,
): readonly Debt[] {
  const { timeline } = context.history;
  const { decideAt, startsAt } = meeting;
  if (schedule === undefined || decideAt <= timeline.virtualAt(schedule.ackedAt) + MINUTE_MS) return [];
  const before = meetings[meetings.indexOf(meeting) - 1];
  const from = timeline.realAt(decideAt);
  const deadline = dueBy(context, destination, from);
  if (from === Infinity || deadline === Infinity || timeline.virtualAt(deadline) >= startsAt) return [];
  // One that was too soon to be the first is none.
  if (before !== undefined && before.decideAt > timeline.virtualAt(schedule.sentAt)) {
    const closedBy = context.deadlines.after(
      timeline.realAt(endOf(before, schedule.minutes)),
      destination,
      CLOSED_WITHIN_MS,
    );
    if (closedBy === Infinity || timeline.virtualAt(closedBy) >= decideAt) return [];
  }
  const { nominees, polls, chosen, nothing } = meeting;
  const first = firstOf([...nominees, ...polls, ...chosen, ...nothing]);
  return [{ what: name('a poll or a paper', meeting), deadline, ...came(first) }];
}

/** The last time at which it may have ended. */
function endOf({ startsAt, events }: SeenMeeting, minutes: number): Instant {
  return Math.max(startsAt, ...events.map((event) => event.startsAt)) + minutes * MINUTE_MS;
}

/** Below those to choose from, where there are no buttons. */
function owePoll(
  context: AuditContext,
  { group, destination }: GroupEvidence,
  { meeting, nominees }: { readonly meeting: SeenMeeting; readonly nominees: MeetingMessage },
): readonly Debt[] {
  if (nominees.meeting.hours === undefined || !group.hasPolls) return [];
  const { timeline } = context.history;
  const deadline = dueBy(context, destination, nominees.at);
  if (deadline === Infinity || isExcused(context, destination, nominees.at, deadline)) return [];
  if (timeline.virtualAt(deadline) - timeline.virtualAt(nominees.at) > POSTED_WITHIN_MS) return [];
  const poll = meeting.polls.find(({ at }) => at >= nominees.at);
  return [{ what: name('the poll itself', meeting), deadline, ...came(poll) }];
}

/** Once a poll has ended, its winner. */
function oweChoice(
  context: AuditContext,
  { group, destination }: GroupEvidence,
  meeting: SeenMeeting,
): readonly Debt[] {
  const { timeline } = context.history;
  const nominees = meeting.nominees.at(-1);
  if (nominees === undefined) return [];
  const poll = meeting.polls.findLast(({ at }) => at >= nominees.at);
  const closesAt = nominees.meeting.closesAt ?? poll?.meeting.closesAt;
  const isDeleted = group.deleted.some(({ message }) => message.id === poll?.id);
  if (closesAt === undefined || isDeleted) return [];
  const ended = poll === undefined ? endedBy(group.decisions, nominees.at) : Infinity;
  const from = Math.max(Math.min(timeline.realAt(closesAt), ended), nominees.at);
  const deadline = dueBy(context, destination, from);
  if (deadline === Infinity || timeline.virtualAt(deadline) >= meeting.startsAt) return [];
  if (isExcused(context, destination, nominees.at, deadline)) return [];
  return [{ what: name('its paper', meeting), deadline, ...came(meeting.chosen[0]) }];
}

/** Real: when somebody had surely ended a poll by buttons. */
function endedBy(decisions: GroupEvidence['group']['decisions'], since: Instant): Instant {
  const ends = decisions.filter(({ kind, sentAt }) => kind === 'end' && sentAt > since);
  return Math.min(Infinity, ...ends.map(({ ackedAt }) => ackedAt));
}

/** A thread of the card, and an event. */
function oweAnnouncement(
  context: AuditContext,
  { destination }: GroupEvidence,
  meeting: SeenMeeting,
): readonly Debt[] {
  const { timeline } = context.history;
  return meeting.chosen.slice(0, 1).flatMap((chosen) => {
    const deadline = dueBy(context, destination, chosen.at);
    if (deadline === Infinity || timeline.virtualAt(deadline) >= meeting.startsAt) return [];
    if (isExcused(context, destination, chosen.at, deadline)) return [];
    const [event] = meeting.events;
    return [
      {
        what: name('its thread', meeting),
        deadline,
        ...(chosen.thread === undefined ? {} : { cameAt: chosen.at }),
      },
      {
        what: name('its event', meeting),
        deadline,
        ...(event === undefined ? {} : { cameAt: timeline.realAt(event.madeAt) }),
      },
    ];
  });
}

/** A day and an hour before it begins, where its event stands. */
function oweReminders(
  context: AuditContext,
  { destination }: GroupEvidence,
  meeting: SeenMeeting,
): readonly Debt[] {
  const { history } = context;
  const { timeline } = history;
  const [chosen] = meeting.chosen;
  if (chosen === undefined) return [];
  const event = meeting.events.at(-1);
  const startsAt = event?.startsAt ?? meeting.startsAt;
  return (['day', 'hour'] as const).flatMap((reminder): readonly Debt[] => {
    const { beforeMs, usefulMs } = REMINDERS[reminder];
    const at = startsAt - beforeMs;
    const from = timeline.realAt(at);
    const deadline = dueBy(context, destination, from);
    if (from === Infinity || deadline === Infinity || isExcused(context, destination, chosen.at, deadline))
      return [];
    if (timeline.virtualAt(deadline) >= startsAt - usefulMs) return [];
    if (wasClockWrong(history, from - PLANNED_MS, deadline)) return [];
    const apartMs = wasClockWrong(history, chosen.at - PLANNED_MS, chosen.at + PLANNED_MS)
      ? BY_WRONG_CLOCK_MS
      : APART_MS;
    // Trouble may hold its event up for long, and before that the meeting is not announced.
    const announcedAt = Math.max(chosen.at, event === undefined ? 0 : timeline.realAt(event.madeAt));
    if (timeline.virtualAt(announcedAt + PLANNED_MS) + apartMs >= at) return [];
    if ((event?.deletedAt ?? Infinity) <= deadline) return [];
    // It may have gone by the time before.
    const wasDue = ({ startsAt: old, until }: { readonly startsAt: Instant; readonly until: Instant }) =>
      until > timeline.realAt(old - beforeMs) - PLANNED_MS;
    if (event?.earlier.some(wasDue) === true) return [];
    const found =
      meeting.reminders.find((one) => reminderOf(timeline.virtualAt(one.at), one) === reminder) ??
      // By a wrong clock an hour before may come so early that it looks like the day before.
      meeting.reminders
        .slice(1)
        .find(({ at: cameAt }) => wasClockWrong(history, cameAt - PLANNED_MS, cameAt));
    return [
      {
        what: name(`the reminder a${reminder === 'day' ? ' day' : 'n hour'} before`, meeting),
        deadline,
        ...came(found),
      },
    ];
  });
}

/** Which one it is, by how long before the meeting it came. */
export function reminderOf(at: Instant, { meeting }: MeetingMessage): keyof typeof REMINDERS {
  const before = (meeting.startsAt ?? 0) - at;
  return before > (REMINDERS.day.usefulMs + REMINDERS.hour.beforeMs) / 2 ? 'day' : 'hour';
}

/** Whether the bot, or what it wrote, was refused meanwhile. */
export function isExcused(
  context: AuditContext,
  destination: GroupEvidence['destination'],
  from: Instant,
  to: Instant,
): boolean {
  return isDisturbed(context, destination, { from: from - PLANNED_MS, to, kinds: ['permission', 'content'] });
}

function firstOf(messages: readonly MeetingMessage[]): MeetingMessage | undefined {
  return messages.toSorted((a, b) => a.at - b.at)[0];
}

function came(message: MeetingMessage | undefined): { readonly cameAt?: Instant } {
  return message === undefined ? {} : { cameAt: message.at };
}

function name(what: string, { startsAt }: SeenMeeting): string {
  return `${what} for the meeting of ${new Date(startsAt).toISOString()}`;
}
