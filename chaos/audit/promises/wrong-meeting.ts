import type { Evidence } from '../evidence/evidence.ts';
import { isTextOrStart } from '../evidence/fold-text.ts';
import { isExcused } from '../meetings/meeting-debts.ts';
import type { GroupEvidence, MeetingMessage, SeenMeeting } from '../meetings/meetings.ts';
import { isSurelyBefore, nominatedFor } from '../meetings/nominations.ts';
import { mayBeLate } from '../evidence/silence.ts';
import type { Complaint, Promise } from '../promise.ts';

/** Discord takes no more answers: https://docs.discord.com/developers/resources/poll#poll-create-request-object */
const MOST_CANDIDATES = 10;
/** Real: what was planned before somebody deleted or moved an event. */
const UNDER_WAY_MS = 8_000;

export const WRONG_MEETING: Promise = {
  figure: 'wrong_meeting',
  sentence:
    'What is said of a meeting is true: the nominations of its server in order, its paper, thread, event and hour, and whose turn it is to present.',
  check: (evidence) =>
    evidence.groups.flatMap((group) =>
      [
        ...group.loose.map((what) => `${what}, of no meeting`),
        ...group.meetings.flatMap((meeting) => judge(evidence, group, meeting)),
        ...judgeTurns(evidence, group),
      ].map((about): Complaint => ({ channelId: group.group.channelId, about })),
    ),
};

function judge(evidence: Evidence, group: GroupEvidence, meeting: SeenMeeting): readonly string[] {
  return [
    ...meeting.nominees.flatMap((one) => judgeNominees(evidence, group, one)),
    ...meeting.polls.flatMap((poll) => judgePoll(evidence, group, { ...meeting, poll })),
    ...meeting.chosen.flatMap((one) => judgeChosen(evidence, group, { meeting, chosen: one })),
    ...meeting.nothing.flatMap((one) => {
      const { sure } = nominatedFor(evidence.history, group, one.at);
      return sure.size === 0 ? [] : [`${one.id} knows of no ${[...sure].join()}`];
    }),
    ...meeting.reminders.flatMap((one) => judgeReminder(evidence, group, { meeting, reminder: one })),
  ];
}

function judgeNominees(evidence: Evidence, group: GroupEvidence, message: MeetingMessage): readonly string[] {
  const { history } = evidence;
  const { paperIds, hours } = message.meeting;
  const { sure, possible } = nominatedFor(history, group, message.at);
  // Where Discord does not tell what the bot may do, it tries.
  const mayHaveTried = isNearRequest(evidence, message.at - UNDER_WAY_MS, message.at);
  const menu = message.controls.filter(({ name }) => name === 'card-menu').map(({ target }) => target);
  const votes = message.controls.filter(({ name }) => name === 'reading-vote').map(({ target }) => target);
  const missing = [...sure].filter((id) => !paperIds.includes(id));
  return [
    ...paperIds.filter((id) => !possible.has(id)).map((id) => `${id}, which nobody nominated there,`),
    ...(paperIds.length < MOST_CANDIDATES ? missing.map((id) => `no ${id}`) : []),
    ...paperIds.flatMap((second, index) =>
      paperIds
        .slice(0, index)
        .filter((first) => isSurelyBefore({ history, group }, [second, first], message.at))
        .map((first) => `${first} above ${second}`),
    ),
    ...(new Set(paperIds).size === paperIds.length && paperIds.length > 1 ? [] : [paperIds.join()]),
    ...(menu.join() === paperIds.join() ? [] : [`a menu of ${menu.join()}`]),
    ...(votes.join() === (hours === undefined ? paperIds.join() : '') ? [] : [`buttons for ${votes.join()}`]),
    ...(hours === undefined || group.group.hasPolls || mayHaveTried ? [] : ['a poll, which nobody allows,']),
  ].map((what) => `${what} in ${message.id}`);
}

/** Its answers are the titles of those above it. */
function judgePoll(
  evidence: Evidence,
  { destination }: GroupEvidence,
  { nominees, poll: { at, id, meeting } }: Pick<SeenMeeting, 'nominees'> & { readonly poll: MeetingMessage },
): readonly string[] {
  const above = nominees.findLast((one) => one.at <= at)?.meeting.paperIds;
  // What stands above it may be refused.
  if (above === undefined)
    return isExcused(evidence, destination, at, at) ? [] : [`nothing above poll ${id}`];
  const { answers = [] } = meeting;
  const isRight =
    answers.length === above.length &&
    answers.every((answer, index) => {
      return isName(evidence, answer, { paperId: above[index] ?? '', at });
    });
  return isRight ? [] : [`${answers.join(' / ')} in ${id}`];
}

/** Its title, or its id where an archive that was lost does not know it. */
function isName(
  { papers, history }: Evidence,
  shown: string,
  { paperId, at }: { readonly paperId: string; readonly at: number },
): boolean {
  const title = papers.get(paperId)?.title;
  const mayBeUnknown = history.archiveLostAt.some((lost) => lost <= at);
  return title === undefined || isTextOrStart(shown, title) || (mayBeUnknown && shown === `arXiv:${paperId}`);
}

function judgeChosen(
  evidence: Evidence,
  { schedule }: GroupEvidence,
  { meeting, chosen }: { readonly meeting: SeenMeeting; readonly chosen: MeetingMessage },
): readonly string[] {
  const { paperIds, presenterId = '' } = chosen.meeting;
  const [paperId = ''] = paperIds;
  const targets = chosen.controls.filter(({ name }) => name !== 'link').map(({ target }) => target);
  const events = meeting.events.filter(
    ({ name }) => !isName(evidence, name.replace(/^Reading group: /u, ''), { paperId, at: chosen.at }),
  );
  return [
    ...(targets.every((target) => target === paperId) ? [] : [`${targets.join()} below ${paperId}`]),
    ...events.map(({ name }) => `event "${name}"`),
    ...(schedule?.presenters.includes(presenterId) === true ? [] : [`presented by ${presenterId}`]),
  ].map((what) => `${what} in ${chosen.id}`);
}

/** It is of the paper that is read, and of an event that stands, at its hour. */
function judgeReminder(
  evidence: Evidence,
  group: GroupEvidence,
  { meeting, reminder }: { readonly meeting: SeenMeeting; readonly reminder: MeetingMessage },
): readonly string[] {
  const { at, id } = reminder;
  const { paperIds, threadId, eventId, presenterId, startsAt } = reminder.meeting;
  const [chosen] = meeting.chosen;
  const event = meeting.events.find((one) => one.id === eventId);
  // Where Discord does not tell of the event, what was known of it is said.
  const wasKept = (since: number) =>
    mayBeLate(evidence.history, group.destination, { since, at }) ||
    isNearRequest(evidence, since, at) ||
    at - since < UNDER_WAY_MS;
  const starts = [
    ...(event === undefined ? [meeting.startsAt] : [event.startsAt]),
    ...(event?.earlier ?? []).filter(({ until }) => wasKept(until) || until >= at).map((one) => one.startsAt),
  ];
  const deletedAt = meeting.events.at(-1)?.deletedAt ?? Infinity;
  return [
    ...(paperIds.join() === chosen?.meeting.paperIds.join() ? [] : [`${paperIds.join()}, not what is read,`]),
    ...(threadId === undefined || chosen?.thread !== undefined ? [] : [`thread ${threadId}`]),
    ...(eventId === undefined || event !== undefined ? [] : [`event ${eventId}`]),
    ...(presenterId === chosen?.meeting.presenterId ? [] : [`presented by ${presenterId ?? 'nobody'}`]),
    ...(startsAt !== undefined && starts.includes(startsAt) ? [] : ['another hour']),
    ...(deletedAt < at && !wasKept(deletedAt) ? ['an event that was deleted'] : []),
  ].map((what) => `${what} in ${id}`);
}

/** Whether something was wrong in a way that costs an answer about an event. */
function isNearRequest({ history }: Evidence, from: number, to: number): boolean {
  return history.disturbances.some(
    (one) =>
      one.channelId === undefined && one.kind !== 'source' && one.from <= to && one.to >= from - UNDER_WAY_MS,
  );
}

/** Whoever would have presented where nothing was read keeps the turn. */
function judgeTurns(evidence: Evidence, group: GroupEvidence): readonly string[] {
  const presenters = group.schedule?.presenters ?? [];
  const read = group.meetings.flatMap((meeting) => {
    const [chosen] = meeting.chosen;
    return chosen === undefined ? [] : [{ meeting, chosen }];
  });
  return read.flatMap(({ meeting, chosen }, index) => {
    const turn = presenters.indexOf(chosen.meeting.presenterId ?? '');
    const before = read[index - 1];
    const last = presenters.indexOf(before?.chosen.meeting.presenterId ?? '');
    const next = (last + 1) % presenters.length;
    const wasHeld = before === undefined || isSurelyHeld(evidence, group, before.meeting);
    const isRight = turn === next || (!wasHeld && turn === last) || !isKnown(group, before?.meeting, meeting);
    return isRight ? [] : [`${chosen.meeting.presenterId ?? 'nobody'} presents out of turn in ${chosen.id}`];
  });
}

function isSurelyHeld(
  evidence: Evidence,
  { destination }: GroupEvidence,
  { startsAt, events, chosen: [chosen] }: SeenMeeting,
): boolean {
  const to = evidence.history.timeline.realAt(startsAt);
  return (
    events.length > 0 &&
    events.every(({ deletedAt }) => deletedAt === undefined) &&
    chosen !== undefined &&
    !isExcused(evidence, destination, chosen.at, to)
  );
}

/** Whether nothing was read at a meeting between the two. */
function isKnown({ meetings }: GroupEvidence, one: SeenMeeting | undefined, other: SeenMeeting): boolean {
  const from = one === undefined ? 0 : meetings.indexOf(one) + 1;
  return meetings.slice(from, meetings.indexOf(other)).every(({ nothing }) => nothing.length > 0);
}
