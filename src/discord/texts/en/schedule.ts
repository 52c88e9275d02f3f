import type { Instant, Weekday } from '../../../calendar/zoned-time.ts';
import type { Destination, Place } from '../../../subscriptions/destination.ts';
import { COMMANDS } from './commands.ts';
import { count, formatClock, quoted, timestamp } from './phrases.ts';

const DAYS = { 1: 'Mon', 2: 'Tue', 3: 'Wed', 4: 'Thu', 5: 'Fri', 6: 'Sat', 7: 'Sun' } as const;
const SETTINGS = { when: 'When', how: 'How', mention: 'Mention' };
export const LONG_DAYS = {
  1: 'Monday',
  2: 'Tuesday',
  3: 'Wednesday',
  4: 'Thursday',
  5: 'Friday',
  6: 'Saturday',
  7: 'Sunday',
} as const;
const GROUPS: ReadonlyMap<string, string> = new Map([
  ['1234567', 'daily'],
  ['12345', 'weekdays'],
  ['67', 'weekends'],
]);

/** Of when and how papers come. */
export const SCHEDULE = {
  /** Such as `09:00, weekdays, Europe/Berlin`; without a time of day, papers come as they are listed. */
  when: (minute: number | undefined, days: readonly Weekday[], zone: string) =>
    [minute === undefined ? 'Instantly' : formatClock(minute), nameDays(days), zone].join(', '),
  nextDigest: (slot: Instant) => `Next digest: ${timestamp(slot)} (${timestamp(slot, 'R')}).`,
  nextDigests: (slots: readonly Instant[]) => `Next: ${slots.map((slot) => timestamp(slot)).join(', ')}`,
  clock: formatClock,
  /** Of a zone, such as `Munich · Europe/Berlin`. */
  zoneNow: (zone: string, minute: number) => `${zone} · ${formatClock(minute)} now`,
  whichZone: (typed: string) => `Which time zone do you mean by ${quoted(typed)}?`,
  instantly: 'Papers come as they are listed. I check every ten minutes.',
  updated: (place: Place) =>
    place.kind === 'dm' ? 'Updated your DM settings' : `Updated the settings of <#${place.channelId}>`,
  present: (place: Place) => (place.kind === 'dm' ? 'Your DM settings' : `Settings of <#${place.channelId}>`),
  setting: (name: keyof typeof SETTINGS, words: string) => `**${SETTINGS[name]}** · ${words}`,
  layout: describeLayout,
  change: 'Change when and how',
  form: {
    title: (place: Place) =>
      place.kind === 'dm' ? 'When and how papers come by DM' : 'When and how papers come',
    time: 'Time',
    timeHint: 'Such as 9:00, 6pm or instantly',
    zone: 'Time zone',
    zoneHint: 'A large city, a country, EST or UTC+2',
    days: 'Days',
    style: 'Style',
    amount: 'Papers in a digest',
    amountOf: (max: number, overflow: 'list' | 'hide') =>
      overflow === 'list' ? `The best ${max}, then a list of the rest` : `The best ${max} only`,
  },
  dayNames: LONG_DAYS,
  pausedSince: (since: Instant) => `Paused since ${timestamp(since)}. Nothing comes until you resume it.`,
  mentions: (roleId: string) => `<@&${roleId}>, at most once a day`,
  noEffect: {
    max: `\`max\` has no effect: the style \`compact\` lists every paper. To get only the best, set \`overflow\` to "${COMMANDS.schedule.overflows.hide}".`,
    style: '`style` has no effect: in a forum, each paper gets a post of its own.',
  },
  cannotPing: (roleId: string) =>
    `I can't ping <@&${roleId}> yet. Make the role mentionable, or grant me Mention Everyone.`,
};

function nameDays(days: readonly Weekday[]): string {
  const group = GROUPS.get(days.join(''));
  if (group !== undefined) return group;
  const names = days.map((day) => DAYS[day]).join(', ');
  return days.length === 1 ? `every ${names}` : names;
}

/** Such as "Up to 8 cards, then a list". */
function describeLayout({ place, style, max, overflow }: Destination): string {
  const isForum = place.kind === 'channel' && place.channelKind === 'forum';
  const end = overflow === 'list' ? ', then a list' : '; the rest is left out';
  if (isForum) return `A post for each of the best ${count(max, 'paper')}${end}`;
  if (style === 'compact') return overflow === 'list' ? 'A list of all papers' : `A list of the best ${max}`;
  if (style === 'cards') return `Up to ${count(max, 'card')}${end}`;
  if (style === 'embeds') return `Up to ${count(max, 'embed')}${end}`;
  return `A message with a thread for each of up to ${count(max, 'paper')}${end}`;
}
