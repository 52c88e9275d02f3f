import { type ListDay, listDayAt } from '../calendar/list-day.ts';
import {
  addDays,
  type Day,
  type Instant,
  instantOfLocalTime,
  localTimeAt,
  MINUTE_MS,
  weekdayOf,
} from '../calendar/zoned-time.ts';
import type { Destination, RoundupSchedule, Schedule } from './destination.ts';

/** A week of days, and one on either side of it for zones whose clock changes skip a whole day. */
const SEARCHED_DAYS = 9;

/** At or before an instant, or later than it. */
type Side = 'until' | 'after';

/** The slot that is nearest to an instant on one side of it, by the slots of so many local days. */
function findSlot(
  side: Side,
  instant: Instant,
  { zone, days }: { readonly zone: string; readonly days: number },
  slotOfDay: (day: Day) => Instant | undefined,
): Instant | undefined {
  const today = localTimeAt(instant, zone).day;
  const step = side === 'until' ? -1 : 1;
  for (let away = -1; away < days; away += 1) {
    const slot = slotOfDay(addDays(today, step * away));
    if (slot !== undefined && (side === 'until' ? slot <= instant : slot > instant)) return slot;
  }
  return undefined;
}

/** The last slot at or before `now`; undefined for `instantly`, whose slots are collections. */
export function latestSlot(schedule: Schedule, now: Instant): Instant | undefined {
  const within = { zone: schedule.zone, days: SEARCHED_DAYS };
  return findSlot('until', now, within, (day) => slotOn(schedule, day));
}

/** The first slot that a destination can get after an instant; with `instantly` each minute can be one. */
export function firstSlot(schedule: Schedule, after: Instant): Instant {
  return nextSlot(schedule, after) ?? (Math.floor(after / MINUTE_MS) + 1) * MINUTE_MS;
}

/** The first slot later than `after`; undefined for `instantly`. */
export function nextSlot(schedule: Schedule, after: Instant): Instant | undefined {
  const within = { zone: schedule.zone, days: SEARCHED_DAYS };
  return findSlot('after', after, within, (day) => slotOn(schedule, day));
}

/** The next `count` slots later than `after`, in order; none for `instantly`. */
export function nextSlots(schedule: Schedule, after: Instant, count: number): readonly Instant[] {
  const slots: Instant[] = [];
  let from = after;
  while (slots.length < count) {
    const slot = nextSlot(schedule, from);
    if (slot === undefined) break;
    slots.push(slot);
    from = slot;
  }
  return slots;
}

function slotOn({ at, days, zone }: Schedule, day: Day): Instant | undefined {
  if (at === 'instantly' || !days.includes(weekdayOf(day))) return undefined;
  const key = `${day} ${at} ${zone}`;
  const known = knownSlots.get(key);
  if (known !== undefined) return known;
  const slot = instantOfLocalTime(day, at, zone);
  if (knownSlots.size >= SLOTS_KEPT) knownSlots.clear();
  knownSlots.set(key, slot);
  return slot;
}

/** A local time takes 0.1 ms, and each digest asks for several: thousands of destinations share a few. */
const knownSlots = new Map<string, Instant>();
const SLOTS_KEPT = 1_000;

export interface RoundupSlot {
  readonly slot: Instant;
  /** The list days that it is about: later than `after`, and those that are over by the slot. */
  readonly after: ListDay;
  readonly until: ListDay;
}

/** Longer than a month, with a day on either side for zones whose clock changes skip a whole day. */
const SEARCHED_MONTH_DAYS = 34;

/** The last slot at or before `now`; it begins where the one before it ended. */
export function latestRoundup(roundup: RoundupSchedule, zone: string, now: Instant): RoundupSlot {
  const slot = findRoundup('until', now, { roundup, zone });
  const before = findRoundup('until', slot - 1, { roundup, zone });
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
  return findRoundup('after', after, { roundup, zone });
}

function findRoundup(
  side: Side,
  instant: Instant,
  { roundup, zone }: { readonly roundup: RoundupSchedule; readonly zone: string },
): Instant {
  const within = { zone, days: SEARCHED_MONTH_DAYS };
  const slot = findSlot(side, instant, within, (day) => roundupOn(roundup, zone, day));
  if (slot === undefined) throw new RangeError(`no roundup within ${SEARCHED_MONTH_DAYS} days`);
  return slot;
}

function roundupOn({ on, at }: RoundupSchedule, zone: string, day: Day): Instant | undefined {
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
