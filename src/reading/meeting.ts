import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../calendar/zoned-time.ts';
import type { Meeting, Reminder } from './reading-group.ts';
import { HORIZON } from './rhythm.ts';

const BEFORE_MS: Readonly<Record<Reminder, number>> = { day: DAY_MS, hour: HOUR_MS };
/** How long before the meeting a late reminder is of use. */
export const USEFUL_MS: Readonly<Record<Reminder, number>> = { day: 2 * HOUR_MS, hour: 0 };
/** After a refusal. */
export const RETRY_MS = HOUR_MS;
/** While a poll is open, so that one that was deleted or ended early is noticed. */
export const LOOK_EVERY_MS = 10 * MINUTE_MS;
/** Discord can take so long to count; then what it has is taken. */
export const COUNTED_WITHIN_MS = HOUR_MS;

/** A meeting for which papers are nominated and that is further ahead was planned by a wrong clock. */
export const FURTHEST_MS = HORIZON * DAY_MS;

export type MeetingAction =
  | { readonly kind: 'rest'; readonly until: Instant }
  /** See what became of the delivery under way. */
  | { readonly kind: 'follow' }
  | { readonly kind: 'choose' | 'post-poll' | 'look-at-poll' | 'count' | 'pass' | 'announce' | 'plan-again' }
  | { readonly kind: 'remind'; readonly reminder: Reminder }
  | { readonly kind: 'close'; readonly as: 'over' | 'passed' };

/** What is to be done about an open meeting. Each is done once, since `apply` puts the meeting beyond it. */
export function nextAction(meeting: Meeting, now: Instant): MeetingAction {
  const { state, startsAt = Infinity, decideAt = Infinity, poll, retryAt } = meeting;
  if (meeting.pending !== undefined) return { kind: 'follow' };
  // A time that lies further ahead was written by a wrong clock.
  if (retryAt !== undefined && now < retryAt && retryAt <= now + RETRY_MS)
    return { kind: 'rest', until: retryAt };
  if (state === 'passing') return { kind: 'pass' };
  if (state === 'gathering') {
    if (now >= startsAt) return { kind: 'close', as: 'passed' };
    if (startsAt !== Infinity && startsAt - now > FURTHEST_MS) return { kind: 'plan-again' };
    return actAt(Math.min(decideAt, startsAt), now, { kind: 'choose' });
  }
  if (state !== 'polling' || poll === undefined) return actOnChosen(meeting, now);
  if (poll.messageId === undefined) return { kind: 'post-poll' };
  if (poll.kind === 'buttons') return actAt(poll.closesAt, now, { kind: 'count' });
  return actAt(Math.min(poll.lookAt, now + LOOK_EVERY_MS), now, { kind: 'look-at-poll' });
}

function actOnChosen({ announced, startsAt, minutes, reminded }: Meeting, now: Instant): MeetingAction {
  const endsAt = (startsAt ?? Infinity) + minutes * MINUTE_MS;
  // Nobody was told what to read.
  if (announced === undefined) return now >= endsAt ? { kind: 'close', as: 'passed' } : { kind: 'announce' };
  if (startsAt === undefined) return { kind: 'close', as: 'over' };
  for (const reminder of ['day', 'hour'] as const) {
    const at = startsAt - BEFORE_MS[reminder];
    // An instant in the future was written by a wrong clock.
    const isToldLater = announced.at >= at && announced.at <= now;
    const isTooLate = isToldLater || now >= startsAt - USEFUL_MS[reminder];
    if (reminded.includes(reminder) || isTooLate) continue;
    return actAt(at, now, { kind: 'remind', reminder });
  }
  return actAt(endsAt, now, { kind: 'close', as: 'over' });
}

function actAt(at: Instant, now: Instant, action: MeetingAction): MeetingAction {
  return now >= at ? action : { kind: 'rest', until: at };
}

/** When a meeting is to be looked at next: at once while something of it is under way. */
export function wakeAt(meeting: Meeting, now: Instant): Instant {
  const action = nextAction(meeting, now);
  return action.kind === 'rest' ? action.until : now;
}
