import { type ListDay, listDayAt } from '../calendar/list-day.ts';
import {
  addDays,
  type Day,
  type Instant,
  instantOfLocalTime,
  localTimeAt,
  weekdayOf,
} from '../calendar/zoned-time.ts';
import type { Destination, RoundupSchedule } from './destination.ts';

export interface RoundupSlot {
  readonly slot: Instant;
  /** The list days that it is about: later than `after`, and those that are over by the slot. */
  readonly after: ListDay;
  readonly until: ListDay;
}

/** Longer than a month, with a day on either side for zones whose clock changes skip a whole day. */
const SEARCHED_DAYS = 34;

/** The last slot at or before `now`; it begins where the one before it ended. */
export function latestRoundup(roundup: RoundupSchedule, zone: string, now: Instant): RoundupSlot {
  const slot = lastSlot(roundup, zone, now);
  const before = lastSlot(roundup, zone, slot - 1);
  return { slot, after: lastDay(roundup, zone, before), until: lastDay(roundup, zone, slot) };
}

/** The last list day that is over. A month ends with its own, though in an evening of the first the next one is over too. */
function lastDay({ on }: RoundupSchedule, zone: string, slot: Instant): ListDay {
  const over = addDays(listDayAt(slot), -1);
  const dayBefore = addDays(localTimeAt(slot, zone).day, -1);
  return on === 'first' && dayBefore < over ? dayBefore : over;
}

/** The first slot later than `after`. */
export function nextRoundup(roundup: RoundupSchedule, zone: string, after: Instant): Instant {
  const today = localTimeAt(after, zone).day;
  for (let ahead = -1; ahead < SEARCHED_DAYS; ahead += 1) {
    const slot = slotOn(roundup, zone, addDays(today, ahead));
    if (slot !== undefined && slot > after) return slot;
  }
  throw new RangeError(`no roundup within ${SEARCHED_DAYS} days`);
}

function lastSlot(roundup: RoundupSchedule, zone: string, now: Instant): Instant {
  const today = localTimeAt(now, zone).day;
  for (let back = -1; back < SEARCHED_DAYS; back += 1) {
    const slot = slotOn(roundup, zone, addDays(today, -back));
    if (slot !== undefined && slot <= now) return slot;
  }
  throw new RangeError(`no roundup within ${SEARCHED_DAYS} days`);
}

function slotOn({ on, at }: RoundupSchedule, zone: string, day: Day): Instant | undefined {
  const isDay = on === 'first' ? day.endsWith('-01') : weekdayOf(day) === on;
  return isDay ? instantOfLocalTime(day, at, zone) : undefined;
}

/** With no roundups, or with new ones: the first comes with the next slot. */
export function changeRoundup(
  { roundup: _before, ...destination }: Destination,
  roundup: RoundupSchedule | undefined,
  now: Instant,
): Destination {
  if (roundup === undefined) return destination;
  return {
    ...destination,
    roundup: { ...roundup, nextAt: nextRoundup(roundup, destination.schedule.zone, now) },
  };
}

/** The same roundups from the next slot on. */
export function afterRoundupSlot(destination: Destination, slot: Instant): Destination {
  const { roundup, schedule } = destination;
  if (roundup === undefined) return destination;
  const nextAt = nextRoundup(roundup, schedule.zone, slot);
  return { ...destination, roundup: { ...roundup, nextAt: Math.max(nextAt, roundup.nextAt) } };
}
