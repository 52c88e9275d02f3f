import { DAY_MS, instantOfLocalTime, localTimeAt } from '../../src/calendar/zoned-time.ts';
import type { Channel } from '../places/channel.ts';
import type { Condition } from './fault.ts';

const ANNOUNCEMENT = 5;
const WEEKDAYS = [1, 2, 3, 4, 5];

/** What a run meets because of when it is, and of what is set up in it. */
export const CONDITIONS: readonly Condition[] = [
  {
    name: 'clock-change',
    says: 'The clocks of a zone change over a weekend, by which papers come to places.',
    count: ({ channels }, { from, to }) =>
      channels.filter(({ settings }) => settings !== undefined && isChanged(settings.zone, from, to)).length,
  },
  {
    name: 'month-crossed',
    says: 'A month ends.',
    count: (_, { from, to }) => monthOf(to) - monthOf(from),
  },
  {
    name: 'weekly-schedules',
    says: 'Papers come to a place once or twice a week.',
    count: ({ channels }) => countDays(channels, (days) => days.length <= 2),
  },
  {
    name: 'weekday-schedules',
    says: 'Papers come to a place on weekdays alone.',
    count: ({ channels }) => countDays(channels, (days) => days.join() === WEEKDAYS.join()),
  },
  {
    name: 'announcement-channels',
    says: 'Papers come to an announcement channel.',
    count: ({ channels, discord }) =>
      channels.filter(({ id }) => discord.state.channels[id]?.type === ANNOUNCEMENT).length,
  },
  {
    name: 'threads-as-places',
    says: 'Papers come to a thread.',
    count: ({ channels, discord }) =>
      channels.filter(({ id }) => discord.state.channels[id]?.thread_metadata !== undefined).length,
  },
  {
    name: 'three-shards',
    says: 'The bot has three connections to the gateway.',
    count: ({ discord }) => (discord.gateway.limits().shards > 1 ? 1 : 0),
  },
];

function countDays(channels: readonly Channel[], fits: (days: readonly number[]) => boolean): number {
  return channels.filter(({ settings }) => settings !== undefined && fits(settings.days)).length;
}

/** Whether noon comes at another time of the day in UTC at last than at first. */
function isChanged(zone: string, from: number, to: number): boolean {
  const noonOf = (at: number) => instantOfLocalTime(localTimeAt(at, zone).day, 12 * 60, zone) % DAY_MS;
  return noonOf(from) !== noonOf(to);
}

/** Counted from year 0. */
function monthOf(at: number): number {
  const { day } = localTimeAt(at, 'UTC');
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
}
