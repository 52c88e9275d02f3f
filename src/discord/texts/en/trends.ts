import type { Day } from '../../../calendar/zoned-time.ts';
import type { Destination, Place, RoundupSchedule } from '../../../subscriptions/destination.ts';
import type { Share, TrendUnit } from '../../../topics/trends.ts';
import { count, formatClock, formatFullDay, type MentionCommand, timestamp, where } from './phrases.ts';
import { LONG_DAYS } from './schedule.ts';

const SHORT_DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const SHORT_MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** A share of 0 to 1; small ones with a decimal. */
function percent(share: number): string {
  const amount = share * 100;
  const rounded = amount < 9.95 ? amount.toFixed(1).replace(/\.0$/, '') : amount.toFixed(0);
  return `${rounded}%`;
}

/** How much topics are written about. */
export function createTrendsTexts(mention: MentionCommand) {
  return {
    title: (unit: TrendUnit) => `Share of all papers, ${unit} by ${unit}`,
    /** Below the points of a picture. */
    label: (unit: TrendUnit, end: Day) =>
      (unit === 'week' ? SHORT_DAY : SHORT_MONTH).format(new Date(`${end}T00:00:00Z`)),
    /** In a picture, beside the name of a topic. */
    note: (now: Share, before: Share) => `${percent(now.share)}, was ${percent(before.share)}`,
    heading: (unit: TrendUnit, periods: number, end: Day) =>
      `**Share of all papers** in the last ${count(periods, unit)}, to ${formatFullDay(end)}`,
    line: (label: string, unit: TrendUnit, now: Share, before: Share) =>
      `${label}: ${percent(now.share)} of papers in the last ${lately(now.periods, unit)} (${count(now.papers, 'paper')}), ${percent(before.share)} in the first ${lately(before.periods, unit)}`,
    /** For people who cannot see the picture. */
    alt: (unit: TrendUnit, begin: Day, end: Day) =>
      `A line chart of the share of all papers, ${unit} by ${unit}, from ${formatFullDay(begin)} to ${formatFullDay(end)}.`,
    altLine: (name: string, before: Share, now: Share, peak: { share: number; label: string }) =>
      `${name}: ${percent(before.share)} at first, ${percent(now.share)} lately, at most ${percent(peak.share)} (${peak.label}).`,
    gaps: (unit: TrendUnit) => `-# A gap is a ${unit} for which I have no papers.`,
    /** Where nobody named a topic. */
    changing: () =>
      `-# These ready-made topics changed most. To see others, name them: ${mention('trends')} with \`topic\`.`,
    followed: '-# These are the topics followed here.',
    noPicture: "-# I couldn't draw the picture this time. Try again in a minute.",
    tooShort: (unit: TrendUnit) =>
      `I don't have papers of two whole ${unit}s yet, so there is nothing to compare. Try again when I have collected more.`,
  };
}

/** Of the roundup of a week or month. */
export function createRoundupTexts(mention: MentionCommand) {
  return {
    heading: (unit: TrendUnit, end: Day) =>
      unit === 'week'
        ? `## The week to ${formatFullDay(end)}`
        : `## ${MONTH.format(new Date(`${end}T00:00:00Z`))} in papers`,
    papers: (amount: number) => `${count(amount, 'paper')} matched what is followed here`,
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
      `No papers matched what is followed ${where(place)} in that time, so there is no roundup to show.`,
  };
}

function lately(periods: number, unit: TrendUnit): string {
  return periods === 1 ? unit : `${periods} ${unit}s`;
}
