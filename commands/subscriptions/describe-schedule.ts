import { nextSlots } from '../../src/subscriptions/schedule.ts';
import type { Instant } from '../../src/calendar/zoned-time.ts';
import { TOPIC_TEXTS } from '../../src/discord/texts/topic-texts.ts';
import type { Destination, Schedule } from '../../src/subscriptions/destination.ts';
import { presentZoneName } from './present-zone-name.ts';

const DAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const SLOTS = 3;

/** Such as `09:00, weekdays, Europe/Berlin`. */
export function describeSchedule({ at, zone, days }: Schedule): string {
  if (at === 'instantly') return 'instantly';
  return `${clockText(at)}, ${daysText(days)}, ${presentZoneName(zone)}`;
}

/** The line that names the next digest; undefined while nothing is to come. */
export function describeNextSlot(destination: Destination, now: Instant): string | undefined {
  const [slot] = slotsOf(destination, now, 1);
  if (destination.pausedAt !== undefined) return undefined;
  if (destination.schedule.at === 'instantly') return TOPIC_TEXTS.instantly;
  return slot === undefined ? undefined : TOPIC_TEXTS.nextDigest(slot);
}

/** All that is set for a destination, under a headline. */
export function describeSettings(headline: string, destination: Destination, now: Instant): string {
  const { schedule, style, max, overflow, mention, place, pausedAt } = destination;
  const isForum = place.kind === 'channel' && place.channelKind === 'forum';
  const coming =
    schedule.at === 'instantly'
      ? TOPIC_TEXTS.instantly
      : TOPIC_TEXTS.nextDigests(slotsOf(destination, now, SLOTS));
  const lines = [
    headline,
    describeSchedule(schedule),
    `${TOPIC_TEXTS.style(style, isForum)}, ${TOPIC_TEXTS.amount(max, overflow)}`,
    mention === undefined ? undefined : TOPIC_TEXTS.mentions(mention),
    pausedAt === undefined ? coming : TOPIC_TEXTS.pausedSince(pausedAt),
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}

function slotsOf({ schedule, nextSlot }: Destination, now: Instant, count: number): readonly Instant[] {
  return nextSlots(schedule, Math.max(now, nextSlot - 1), count);
}

function clockText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

function daysText(days: Schedule['days']): string {
  const numbers = days.join('');
  if (numbers === '1234567') return 'daily';
  if (numbers === '12345') return 'weekdays';
  const names = days.map((day) => DAY_NAMES[day - 1]).join(', ');
  return days.length === 1 ? `every ${names}` : names;
}
