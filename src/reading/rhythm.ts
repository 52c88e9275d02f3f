import {
  addDays,
  type Day,
  HOUR_MS,
  instantOfLocalTime,
  type Instant,
  localTimeAt,
  weekdayOf,
} from '../calendar/zoned-time.ts';
import type { ReadingGroup, Rhythm } from './reading-group.ts';

const WEEK = 7;
/** Days in which a rhythm surely has a meeting: two months. */
export const HORIZON = 63;

/** The first meeting after an instant; undefined once a group that meets once has met. */
export function nextMeeting(rhythm: Rhythm, after: Instant): Instant | undefined {
  const today = localTimeAt(after, rhythm.zone).day;
  const from = today < rhythm.firstDay ? rhythm.firstDay : today;
  for (let days = 0; days <= HORIZON; days += 1) {
    const day = addDays(from, days);
    if (!isMeetingDay(rhythm, day)) continue;
    const startsAt = instantOfLocalTime(day, rhythm.minute, rhythm.zone);
    if (startsAt > after) return startsAt;
  }
  return undefined;
}

function isMeetingDay({ every, weekday, firstDay }: Rhythm, day: Day): boolean {
  if (weekdayOf(day) !== weekday) return false;
  const since = Math.round((Date.parse(day) - Date.parse(firstDay)) / (24 * HOUR_MS));
  switch (every) {
    case 'once':
      return since < WEEK;
    case 'week':
      return true;
    case 'two-weeks':
      return Math.floor(since / WEEK) % 2 === 0;
    case 'month':
      return Number(day.slice(-2)) <= WEEK;
  }
}

/** When the nominations for a meeting are put to the vote: the poll ends by the same clock, some days before. */
export function decideAt(
  startsAt: Instant,
  { readDays, pollHours, rhythm }: Pick<ReadingGroup, 'readDays' | 'pollHours' | 'rhythm'>,
): Instant {
  const zone = rhythm?.zone ?? 'UTC';
  const { day, minute } = localTimeAt(startsAt, zone);
  return instantOfLocalTime(addDays(day, -readDays), minute, zone) - pollHours * HOUR_MS;
}
