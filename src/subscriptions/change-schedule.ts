import type { Instant } from '../calendar/zoned-time.ts';
import { UserError } from '../errors.ts';
import type { Destination, DestinationChange, Schedule } from './destination.ts';
import { firstSlot, nextRoundup } from './schedule.ts';

export interface ScheduleChange {
  readonly at?: Schedule['at'];
  readonly zone?: string;
  readonly days?: Schedule['days'];
  readonly style?: Destination['style'];
  readonly max?: number;
  readonly overflow?: Destination['overflow'];
  /** Role id; null for none. */
  readonly mention?: string | null;
}

export const CARDS_RANGE = { from: 1, to: 25 } as const;

/**
 * With a new time, zone or days, nothing comes before the next slot of the new schedule. What is being sent goes on, and
 * the window of the next digest stays, so that nothing is dropped.
 */
export function changeSchedule(destination: Destination, change: ScheduleChange, now: Instant): Destination {
  const { at, zone, days, mention, ...settings } = change;
  if (settings.max !== undefined && !isInRange(settings.max)) {
    throw new UserError('number-out-of-range', { name: 'max', ...CARDS_RANGE });
  }
  const schedule: Schedule = {
    at: at ?? destination.schedule.at,
    zone: zone ?? destination.schedule.zone,
    days: days ?? destination.schedule.days,
  };
  const { mention: present, ...rest } = destination;
  const role = mention === undefined ? present : (mention ?? undefined);
  const roundup = schedule.zone === destination.schedule.zone ? {} : renewRoundup(rest, schedule.zone, now);
  return {
    ...rest,
    ...roundup,
    ...settings,
    schedule,
    ...(role === undefined ? {} : { mention: role }),
    ...(isSameSchedule(schedule, destination.schedule) ? {} : { nextSlot: firstSlot(schedule, now) }),
  };
}

function isInRange(max: number): boolean {
  return Number.isInteger(max) && max >= CARDS_RANGE.from && max <= CARDS_RANGE.to;
}

function isSameSchedule(one: Schedule, other: Schedule): boolean {
  return one.at === other.at && one.zone === other.zone && one.days.join() === other.days.join();
}

/** Stops a destination until a person resumes it, and what is being sent there; pausing twice keeps the first instant. */
export function pauseDestination(destination: Destination, now: Instant): DestinationChange {
  return { destination: { ...destination, pausedAt: destination.pausedAt ?? now }, giveUp: 'paused' };
}

/** Starts a paused or troubled destination again, from its next slot on. */
export function resumeDestination(destination: Destination, now: Instant): Destination {
  const { pausedAt, trouble, ...rest } = destination;
  if (pausedAt === undefined && trouble === undefined) return destination;
  const { schedule } = destination;
  return { ...rest, ...renewRoundup(rest, schedule.zone, now), nextSlot: firstSlot(schedule, now) };
}

function renewRoundup(
  { roundup }: Pick<Destination, 'roundup'>,
  zone: string,
  now: Instant,
): Pick<Destination, 'roundup'> {
  return roundup === undefined ? {} : { roundup: { ...roundup, nextAt: nextRoundup(roundup, zone, now) } };
}
