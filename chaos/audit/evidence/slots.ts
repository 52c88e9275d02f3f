import { addDays, type Instant, instantOfLocalTime, localTimeAt, weekdayOf } from '../calendar.ts';
import type { Settings } from '../history.ts';

type Schedule = Pick<Settings, 'minute' | 'zone' | 'days'>;

/** The slots of a schedule later than `from` and not later than `to`, in order; on the replayed clock. */
export function slotsBetween(schedule: Schedule, from: Instant, to: Instant): readonly Instant[] {
  const { minute, zone, days } = schedule;
  const slots: Instant[] = [];
  const last = addDays(localTimeAt(to, zone).day, 1);
  for (let day = addDays(localTimeAt(from, zone).day, -1); day <= last; day = addDays(day, 1)) {
    if (!days.includes(weekdayOf(day))) continue;
    const slot = instantOfLocalTime(day, minute, zone);
    if (slot > from && slot <= to) slots.push(slot);
  }
  return slots;
}
