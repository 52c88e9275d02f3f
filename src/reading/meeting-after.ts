import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../calendar/zoned-time.ts';
import { type Delivery, GONE_CODES, type Step } from '../delivery/delivery.ts';
import { COUNTED_WITHIN_MS, LOOK_EVERY_MS, RETRY_MS } from './meeting.ts';
import type { Announced, Choice, Meeting, MeetingPoll, Purpose } from './reading-group.ts';

/** What a look at a poll said: its votes in the order of its answers, as far as they are known. */
export type PollAnswer =
  | {
      readonly kind: 'there';
      readonly closesAt: Instant | undefined;
      readonly isFinal: boolean;
      readonly votes: readonly number[] | undefined;
    }
  | { readonly kind: 'deleted' | 'unanswered' };

export type EventAnswer =
  | { readonly kind: 'there'; readonly startsAt: Instant; readonly isOver: boolean }
  | { readonly kind: 'deleted' | 'unanswered' };

/** A meeting, the paper that was chosen, and the one that people were told of, where there is one. */
export interface Outcome {
  readonly meeting: Meeting;
  readonly winner?: Choice;
  readonly settled?: string | undefined;
}

export function afterChoice(meeting: Meeting, choice: Choice, presenterId: string | undefined): Meeting {
  const { decideAt: _decided, ...rest } = meeting;
  return { ...rest, state: 'chosen', choice, ...(presenterId === undefined ? {} : { presenterId }) };
}

export function afterPlan(meeting: Meeting, deliveryId: string, purpose: Purpose): Meeting {
  const { retryAt: _over, ...rest } = meeting;
  return { ...rest, pending: { deliveryId, purpose } };
}

/**
 * Once the delivery under way is closed. One that cannot be read any more counts as sent: nobody can tell, and nothing
 * may come twice.
 */
export function afterDelivery(meeting: Meeting, delivery: Delivery | undefined, now: Instant): Outcome {
  const { pending, ...rest } = meeting;
  const [first] = delivery?.steps ?? [];
  if (pending === undefined) return { meeting };
  if (first?.status === 'barred') {
    if (GONE_CODES.includes(first.code)) return { meeting: { ...rest, state: 'called-off', endedAt: now } };
    // While nobody was told that there is nothing to read, people nominate on.
    if (pending.purpose === 'pass')
      return { meeting: { ...rest, state: 'gathering', decideAt: now + RETRY_MS } };
    return { meeting: { ...rest, retryAt: now + RETRY_MS } };
  }
  switch (pending.purpose) {
    case 'poll':
      return afterPosting(rest, delivery, now);
    case 'announcement': {
      if (delivery?.steps.some(({ kind, status }) => kind === 'message' && status === 'planned'))
        return { meeting: rest };
      const announced = { hasThread: false, ...readSteps(delivery), at: now };
      return { meeting: { ...rest, announced }, settled: rest.choice?.paperId };
    }
    case 'event': {
      const { eventCode: _before, ...known } = rest.announced ?? { at: now, hasThread: false };
      return { meeting: { ...rest, announced: { ...known, ...readSteps(delivery) } } };
    }
    case 'pass':
      return { meeting: { ...rest, state: 'passed', endedAt: now } };
    case 'day':
    case 'hour':
      return { meeting: { ...rest, reminded: [...rest.reminded, pending.purpose] } };
  }
}

/**
 * A poll that is refused becomes one by buttons. Of what was not posted in time, one by buttons is planned anew, and
 * Discord's own is one without votes.
 */
function afterPosting(meeting: Meeting, delivery: Delivery | undefined, now: Instant): Outcome {
  const { poll } = meeting;
  const { steps = [], place } = delivery ?? {};
  const step = steps.at(-1);
  if (poll === undefined || place === undefined || step === undefined || step.status === 'unknown')
    return { meeting: afterDeletion(meeting) };
  if (step.status === 'sent') {
    const { messageId } = step;
    if (messageId === undefined) return { meeting: afterDeletion(meeting) };
    // What buttons stand below says when it ends; Discord's own is open from now on.
    const closesAt = poll.kind === 'buttons' ? poll.closesAt : now + poll.hours * HOUR_MS;
    const { channelId } = place;
    return { meeting: { ...meeting, poll: { ...poll, messageId, channelId, closesAt, lookAt: now } } };
  }
  const isRefused = step.status === 'barred' || step.status === 'refused';
  if (poll.kind === 'native' && isRefused)
    return { meeting: { ...meeting, poll: { ...poll, kind: 'buttons' } } };
  if (poll.kind === 'buttons' && step.status === 'planned') return { meeting };
  return { meeting, winner: pickWinner(poll.candidates, []) };
}

/** The poll that is to be posted now: it ends an hour before the meeting at the latest, or there is no time for one. */
export function beforePosting(meeting: Meeting, poll: MeetingPoll, now: Instant): Outcome {
  const hours = Math.min(poll.hours, hoursLeft(meeting, now));
  if (hours < 1) return { meeting, winner: { paperId: poll.candidates[0] ?? '', how: 'first' } };
  return { meeting: { ...meeting, poll: { ...poll, hours, closesAt: now + hours * HOUR_MS } } };
}

/** For a poll: whole hours until an hour before the meeting. */
export function hoursLeft({ startsAt = Infinity }: Pick<Meeting, 'startsAt'>, now: Instant): number {
  return Math.floor((startsAt - HOUR_MS - now) / HOUR_MS);
}

function readSteps(delivery: Delivery | undefined): Partial<Announced> {
  const made = (kind: Step['kind']) => delivery?.steps.find((step) => step.kind === kind);
  const message = made('message');
  const thread = made('thread');
  const event = made('event');
  return {
    ...(delivery === undefined || message?.messageId === undefined
      ? {}
      : { messageId: message.messageId, channelId: delivery.place.channelId }),
    ...(thread === undefined ? {} : { hasThread: thread.status === 'sent' }),
    ...(thread?.code === undefined ? {} : { threadCode: thread.code }),
    ...(event?.messageId === undefined ? {} : { eventId: event.messageId }),
    ...(event?.code === undefined ? {} : { eventCode: event.code }),
  };
}

/** People nominate on, and whoever may decide can begin anew. */
function afterDeletion(meeting: Meeting): Meeting {
  const { poll: _deleted, decideAt: _decided, ...rest } = meeting;
  return { ...rest, state: 'gathering' };
}

/** The winner where the poll has one, else when it is looked at again. */
export function afterLook(meeting: Meeting, answer: PollAnswer, now: Instant): Outcome {
  const { poll } = meeting;
  if (poll === undefined) return { meeting };
  if (answer.kind === 'deleted') return { meeting: afterDeletion(meeting) };
  const closesAt = (answer.kind === 'there' ? answer.closesAt : undefined) ?? poll.closesAt;
  const votes = answer.kind === 'there' ? answer.votes : undefined;
  const isFinal = answer.kind === 'there' && answer.isFinal;
  const isCounted = votes !== undefined && (isFinal || now >= closesAt + COUNTED_WITHIN_MS);
  if (isCounted) return { meeting, winner: pickWinner(poll.candidates, votes) };
  if (now >= latestCount(meeting, closesAt)) return { meeting, winner: pickWinner(poll.candidates, []) };
  const looks = now >= closesAt ? poll.looks + 1 : 0;
  return {
    meeting: { ...meeting, poll: { ...poll, closesAt, looks, lookAt: nextLook(closesAt, looks, now) } },
  };
}

/** After that, a poll that cannot be read is one without votes. */
function latestCount({ startsAt }: Meeting, closesAt: Instant): Instant {
  const latest = closesAt + DAY_MS;
  return startsAt === undefined
    ? latest
    : Math.max(closesAt + COUNTED_WITHIN_MS, Math.min(latest, startsAt - HOUR_MS));
}

/** Now and then while it is open; then after 1, 2, 4, 8 and each further 10 minutes. */
function nextLook(closesAt: Instant, looks: number, now: Instant): Instant {
  const wait = looks === 0 ? LOOK_EVERY_MS : Math.min(LOOK_EVERY_MS, MINUTE_MS * 2 ** (looks - 1));
  const next = now + wait;
  return now < closesAt && closesAt < next ? closesAt : next;
}

export function countVotes({ candidates }: MeetingPoll, votes: ReadonlyMap<string, number>): Choice {
  return pickWinner(
    candidates,
    candidates.map((id) => votes.get(id) ?? 0),
  );
}

/** An event that people moved, deleted or ended is taken as it is. */
export function afterEvent(meeting: Meeting, answer: EventAnswer, now: Instant): Meeting {
  if (answer.kind !== 'there')
    return answer.kind === 'deleted' ? { ...meeting, state: 'called-off', endedAt: now } : meeting;
  if (answer.isOver) return { ...meeting, state: 'over', endedAt: now };
  return { ...meeting, startsAt: answer.startsAt };
}

/** Most votes win. A tie, and a poll without votes, goes to the paper that was nominated first. */
export function pickWinner(candidates: readonly string[], votes: readonly number[]): Choice {
  const total = votes.reduce((sum, one) => sum + one, 0);
  const most = Math.max(0, ...votes);
  const at = Math.max(0, votes.indexOf(most));
  return { paperId: candidates[at] ?? '', how: 'poll', votes: votes[at] ?? 0, total };
}
