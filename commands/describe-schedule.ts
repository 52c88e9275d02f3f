import { nextSlot } from '../src/subscriptions/schedule.ts';
import type { Instant } from '../src/calendar/zoned-time.ts';
import { COMMAND_TEXTS } from '../src/discord/command-texts.ts';
import type { Destination, Schedule } from '../src/subscriptions/destination.ts';
import { presentZoneName } from './present-zone-name.ts';

const DAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

export function describeSchedule({ at, zone, days }: Schedule): string {
  const names = days.length === 7 ? 'daily' : days.map((day) => DAY_NAMES[day - 1]).join(', ');
  return `${at === 'instantly' ? 'instantly' : clockText(at)}, ${names}, ${presentZoneName(zone)}`;
}

/** The line that names the next digest; undefined while nothing is to come. */
export function describeNextSlot(destination: Destination, now: Instant): string | undefined {
  if (destination.pausedAt !== undefined) return undefined;
  const slot = nextSlot(destination.schedule, Math.max(now, destination.scheduledSince));
  return slot === undefined ? undefined : COMMAND_TEXTS.nextDigest(slot);
}

function clockText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
