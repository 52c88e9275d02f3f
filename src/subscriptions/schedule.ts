import {
  addDays,
  type Day,
  type Instant,
  instantOfLocalTime,
  localTimeAt,
  MINUTE_MS,
  weekdayOf,
} from '../calendar/zoned-time.ts';
import type { Schedule } from './destination.ts';

/** A week of days, and one on either side of it for zones whose clock changes skip a whole day. */
const SEARCHED_DAYS = 9;

/** The last slot at or before `now`; undefined for `instantly`, whose slots are collections. */
export function latestSlot(schedule: Schedule, now: Instant): Instant | undefined {
  const today = localTimeAt(now, schedule.zone).day;
  for (let back = -1; back < SEARCHED_DAYS; back += 1) {
    const slot = slotOn(schedule, addDays(today, -back));
    if (slot !== undefined && slot <= now) return slot;
  }
  return undefined;
}

/** The first slot that a destination can get after an instant; with `instantly` each minute can be one. */
export function firstSlot(schedule: Schedule, after: Instant): Instant {
  return nextSlot(schedule, after) ?? (Math.floor(after / MINUTE_MS) + 1) * MINUTE_MS;
}

/** The first slot later than `after`; undefined for `instantly`. */
export function nextSlot(schedule: Schedule, after: Instant): Instant | undefined {
  const today = localTimeAt(after, schedule.zone).day;
  for (let ahead = -1; ahead < SEARCHED_DAYS; ahead += 1) {
    const slot = slotOn(schedule, addDays(today, ahead));
    if (slot !== undefined && slot > after) return slot;
  }
  return undefined;
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
