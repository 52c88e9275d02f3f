import { nextSlots } from '../../src/subscriptions/schedule.ts';
import type { Instant } from '../../src/calendar/zoned-time.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import type { Destination, Schedule } from '../../src/subscriptions/destination.ts';
import { presentZoneName } from './present-zone-name.ts';

const SLOTS = 3;

/** Such as `09:00, weekdays, Europe/Berlin`, or `Instantly, weekends, Europe/Berlin`. */
export function describeSchedule({ at, zone, days }: Schedule, { schedule }: Texts): string {
  return schedule.when(at === 'instantly' ? undefined : clockText(at), days, presentZoneName(zone));
}

/** The line that names the next digest; undefined while nothing is to come. */
export function describeNextSlot(destination: Destination, now: Instant, texts: Texts): string | undefined {
  if (destination.pausedAt !== undefined) return undefined;
  if (destination.schedule.at === 'instantly') return texts.schedule.instantly;
  const [slot] = slotsOf(destination, now, 1);
  return slot === undefined ? undefined : texts.schedule.nextDigest(slot);
}

/** All that is set for a destination, under a headline. */
export function describeSettings(
  headline: string,
  {
    destination,
    now,
    texts,
  }: { readonly destination: Destination; readonly now: Instant; readonly texts: Texts },
): string {
  const { schedule, mention, pausedAt } = destination;
  const words = texts.schedule;
  const coming =
    schedule.at === 'instantly' ? words.instantly : words.nextDigests(slotsOf(destination, now, SLOTS));
  const lines = [
    headline,
    describeSchedule(schedule, texts),
    words.layout(destination),
    mention === undefined ? undefined : words.mentions(mention),
    pausedAt === undefined ? coming : words.pausedSince(pausedAt),
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}

function slotsOf({ schedule, nextSlot }: Destination, now: Instant, count: number): readonly Instant[] {
  return nextSlots(schedule, Math.max(now, nextSlot - 1), count);
}

function clockText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
