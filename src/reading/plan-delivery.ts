import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../calendar/zoned-time.ts';
import { type Delivery, type Json, type PlannedStep, planStep } from '../delivery/delivery.ts';
import { LIFETIME_MS } from '../delivery/transitions.ts';
import { USEFUL_MS } from './meeting.ts';
import { type Meeting, type Purpose, type ReadingGroup, readingId } from './reading-group.ts';

interface Order {
  readonly id: string;
  readonly group: ReadingGroup;
  readonly meeting: Meeting;
  readonly purpose: Purpose;
  readonly now: Instant;
}

/** What is sent to a group's channel for one purpose, as one delivery. */
export function planDelivery(order: Order): Delivery {
  const { id, group, now } = order;
  const { guildId, channelId, channelKind } = group;
  return {
    id,
    destinationId: readingId(guildId),
    place: { kind: 'channel', channelId, guildId, channelKind },
    kind: 'meeting',
    slot: usefulUntil(order) - LIFETIME_MS.meeting,
    state: 'open',
    mention: 'none',
    hidden: [],
    plannedAt: now,
    // What Discord refuses for its content is sent once more, in its plain form without the words of papers.
    steps: layOut(order).map((step, n) => planStep({ ...step, n, form: 'rich' }, n)),
  };
}

function usefulUntil({ meeting, purpose, now }: Order): Instant {
  const { startsAt, minutes, poll } = meeting;
  if (purpose === 'poll' && poll?.kind === 'buttons') return poll.closesAt;
  if (startsAt === undefined) return now + DAY_MS;
  switch (purpose) {
    case 'poll':
      // So late it still ends an hour before the meeting.
      return Math.max(now + HOUR_MS, startsAt - ((poll?.hours ?? 0) + 1) * HOUR_MS);
    case 'announcement':
      return startsAt + minutes * MINUTE_MS;
    case 'event':
    case 'pass':
      return startsAt;
    case 'day':
    case 'hour':
      return startsAt - USEFUL_MS[purpose];
  }
}

type LaidOut = Pick<PlannedStep, 'kind' | 'papers' | 'threadOf' | 'view'>;

function layOut(order: Order): readonly LaidOut[] {
  const { meeting, purpose } = order;
  // Records keep what was sent under it: a message that shows nothing would be one that only mentions.
  const papers = [`${meeting.id}#${purpose}`];
  const message = (view: object): LaidOut => ({
    kind: 'message',
    papers,
    view: json({ ...view, ...address(order) }),
  });
  switch (purpose) {
    case 'poll':
      return layOutPoll(meeting, message);
    case 'announcement':
      return layOutAnnouncement(order, message);
    case 'event':
      return [{ kind: 'event', papers, view: viewEvent(order) }];
    case 'pass':
      return [message({ kind: 'nothing-to-read', ...describeTime(order) })];
    case 'day':
    case 'hour':
      return [
        message({ kind: 'reminder', reminder: purpose, ...describeMeeting(order), ...describePlaces(order) }),
      ];
  }
}

function layOutPoll(meeting: Meeting, message: (view: object) => LaidOut): readonly LaidOut[] {
  const { poll, startsAt } = meeting;
  if (poll === undefined) throw new RangeError('a meeting without a poll');
  const { candidates, hours, kind, closesAt } = poll;
  const nominees = message({
    kind: 'nominees',
    meetingId: meeting.id,
    papers: candidates,
    ...(kind === 'buttons' ? { closesAt } : { hours }),
    ...(startsAt === undefined ? {} : { startsAt }),
  });
  if (kind === 'buttons') return [nominees];
  return [
    nominees,
    { kind: 'poll', threadOf: 0, papers: [], view: json({ kind: 'poll', papers: candidates, hours }) },
  ];
}

function layOutAnnouncement(order: Order, message: (view: object) => LaidOut): readonly LaidOut[] {
  const { meeting } = order;
  const { paperId, ...how } = choiceOf(meeting);
  const thread: LaidOut = {
    kind: 'thread',
    threadOf: 0,
    papers: [],
    view: json({ kind: 'thread', paperId }),
  };
  return [
    message({ kind: 'chosen', ...how, ...describeMeeting(order) }),
    thread,
    ...(meeting.startsAt === undefined
      ? []
      : [{ kind: 'event' as const, threadOf: 0, papers: [], view: viewEvent(order) }]),
  ];
}

function describeMeeting(order: Order): object {
  const { meeting } = order;
  const { presenterId } = meeting;
  return {
    paperId: choiceOf(meeting).paperId,
    ...describeTime(order),
    ...(presenterId === undefined ? {} : { presenterId }),
  };
}

function describeTime({ meeting: { startsAt } }: Order): object {
  return startsAt === undefined ? {} : { startsAt };
}

function describePlaces({ group, meeting: { announced } }: Order): object {
  const { messageId, hasThread = false, eventId } = announced ?? {};
  return {
    ...(messageId !== undefined && hasThread ? { threadId: messageId } : {}),
    ...(eventId === undefined ? {} : { eventLink: `https://discord.com/events/${group.guildId}/${eventId}` }),
  };
}

function viewEvent({ group, meeting }: Order): Json {
  const { startsAt = 0, minutes, announced } = meeting;
  const { messageId, hasThread = false } = announced ?? {};
  return json({
    kind: 'event',
    paperId: choiceOf(meeting).paperId,
    startsAt,
    endsAt: startsAt + minutes * MINUTE_MS,
    ...(group.voiceChannelId === undefined ? {} : { voiceChannelId: group.voiceChannelId }),
    ...(messageId === undefined ? {} : { messageId, hasThread }),
  });
}

function choiceOf({ choice }: Meeting): NonNullable<Meeting['choice']> {
  if (choice === undefined) throw new RangeError('a meeting without a paper');
  return choice;
}

/** The ids are written in when the step is numbered. */
function address({ id }: Order): object {
  return { deliveryId: id, n: 0 };
}

function json(view: object): Json {
  return JSON.parse(JSON.stringify(view));
}
