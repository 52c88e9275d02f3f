import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../audit/calendar.ts';
import { decideAtOf, meetingsBetween } from '../audit/meetings/meeting-times.ts';
import type { GroupSchedule } from '../audit/group-history.ts';

/** A week and the days for its poll. */
const AHEAD_MS = 11 * DAY_MS;

/** When something of a group's meetings comes next after `now`: a poll, its end, an event, a reminder. */
export function nextInstant(schedule: GroupSchedule, now: Instant): Instant | undefined {
  const instants = meetingsBetween(schedule, now - DAY_MS, now + AHEAD_MS).flatMap((startsAt) => {
    const opensAt = decideAtOf(schedule, startsAt);
    return [
      opensAt,
      opensAt + schedule.pollHours * HOUR_MS,
      startsAt - DAY_MS,
      startsAt - HOUR_MS,
      startsAt,
      startsAt + schedule.minutes * MINUTE_MS,
    ];
  });
  return instants.filter((at) => at > now).toSorted((a, b) => a - b)[0];
}
