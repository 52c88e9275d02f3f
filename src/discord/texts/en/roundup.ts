import type { Day } from '../../../calendar/zoned-time.ts';
import type { Destination, Place, RoundupSchedule } from '../../../subscriptions/destination.ts';
import type { TrendUnit } from '../../../topics/trends.ts';
import { count, formatClock, formatFullDay, type MentionCommand, timestamp, where } from './phrases.ts';
import { percent } from './trends.ts';
import { LONG_DAYS } from './schedule.ts';

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** Of the roundup of a week or month. */
export function createRoundupTexts(mention: MentionCommand) {
  return {
    heading: (unit: TrendUnit, end: Day) =>
      unit === 'week'
        ? `## The week to ${formatFullDay(end)}`
        : `## ${MONTH.format(new Date(`${end}T00:00:00Z`))} in papers`,
    papers: (amount: number) => `${count(amount, 'paper')} of what is followed here`,
    top: '**Most upvoted**',
    saved: '**Saved most here**',
    savers: (amount: number) => `by ${count(amount, 'person', 'people')}`,
    growing: '**Growing**',
    grew: (label: string, unit: TrendUnit, now: number, before: number) =>
      `${label}: ${percent(now)} of papers, ${percent(before)} in the ${unit === 'week' ? '8 weeks' : '3 months'} before`,
    open: 'Open a paper',
    postName: (unit: TrendUnit, end: Day) =>
      unit === 'week'
        ? `The week to ${formatFullDay(end)}`
        : `${MONTH.format(new Date(`${end}T00:00:00Z`))} in papers`,
    /** Of a setting. */
    when: ({ on, at }: RoundupSchedule) =>
      on === 'first'
        ? `Roundup on the 1st of each month, ${formatClock(at)}`
        : `Roundup every ${LONG_DAYS[on]}, ${formatClock(at)}`,
    set: ({ place, roundup }: Destination) =>
      roundup === undefined
        ? `No more roundups ${where(place)}.`
        : `${roundup.on === 'first' ? 'A roundup of each month' : 'A roundup of each week'} comes ${where(place)}. Next: ${timestamp(roundup.nextAt)} (${timestamp(roundup.nextAt, 'R')}).`,
    noAttachments: (channelId: string) =>
      `I lack the permission Attach Files in <#${channelId}>. Until I have it, roundups come without the picture.`,
    preview: ({ roundup, place }: Destination, days: number) =>
      roundup === undefined
        ? `-# A preview of the last ${days} days. No roundups come ${where(place)} yet: ${mention('roundup')} with \`when\` starts them.`
        : `-# A preview of the last ${days} days. The next roundup comes ${timestamp(roundup.nextAt)}.`,
    nothing: (place: Place) =>
      `No papers of what is followed ${where(place)} were listed in that time, so there is no roundup to show.`,
  };
}
