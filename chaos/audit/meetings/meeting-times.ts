import { addDays, DAY_MS, HOUR_MS, type Instant, instantOfLocalTime, localTimeAt } from '../calendar.ts';
import type { GroupSchedule } from '../group-history.ts';
import { slotsBetween } from '../evidence/slots.ts';

/** When a group meets later than `from` and not later than `to`; on the replayed clock. */
export function meetingsBetween(
  { weekday, minute, zone }: Pick<GroupSchedule, 'weekday' | 'minute' | 'zone'>,
  from: Instant,
  to: Instant,
): readonly Instant[] {
  return slotsBetween({ minute, zone, days: [weekday] }, from, to);
}

/** When its nominations are put to the vote: the poll ends by the same clock, some days before. */
export function decideAtOf({ minute, zone, pollHours, readDays }: GroupSchedule, startsAt: Instant): Instant {
  const { day } = localTimeAt(startsAt, zone);
  return instantOfLocalTime(addDays(day, -readDays), minute, zone) - pollHours * HOUR_MS;
}

/** How long before a meeting a reminder comes, and until when before it a late one is of use. */
export const REMINDERS = {
  day: { beforeMs: DAY_MS, usefulMs: 2 * HOUR_MS },
  hour: { beforeMs: HOUR_MS, usefulMs: 0 },
} as const;
