import type { Day, Instant } from '../../../calendar/zoned-time.ts';
import type { Place } from '../../../subscriptions/destination.ts';
import { escapeWithin, oneLine } from '../../rendering/escape-markdown.ts';

const DAY = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
});

/** `2026-06-09` as `Tue 9 June`. */
export function formatDay(day: Day): string {
  return DAY.format(new Date(`${day}T00:00:00Z`)).replace(',', '');
}

/** `2026-06-09` as `Tue 9 June 2026`. */
export function formatFullDay(day: Day): string {
  return `${formatDay(day)} ${day.slice(0, 4)}`;
}

/** Such as `1 paper` or `3 papers`; the plural ends in `s` unless it is given. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}

/** Days without papers, such as many weekends, have no list. */
export function dailyLists(lists: number): string {
  return lists === 1 ? 'daily list' : `${lists} daily lists`;
}

/** A minute of a day as `09:05`. */
export function formatClock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

export function where(place: Place): string {
  return place.kind === 'channel' ? `in <#${place.channelId}>` : 'by DM';
}

/** What somebody typed. */
export function quoted(text: string): string {
  return `"${escapeWithin(oneLine(text), 100)}"`;
}

export function limitOfTags(most: number, length: number): string {
  return `A paper can have up to ${most} tags, each of up to ${length} letters and digits.`;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Discord shows it by the reader's own clock. https://docs.discord.com/developers/reference#message-formatting */
export function timestamp(instant: Instant, style: 'f' | 'R' | 'D' = 'f'): string {
  return `<t:${Math.floor(instant / 1000)}:${style}>`;
}

/** How a text names a command such as `subscribe`. */
export type MentionCommand = (name: string) => string;
