import type { Day, Instant } from '../calendar/zoned-time.ts';
import type { Trouble } from '../subscriptions/destination.ts';
import { formatDay } from './digest-texts.ts';
import { reasonOfCode } from './texts.ts';

/** Discord shows it by the reader's own clock. https://docs.discord.com/developers/reference#message-formatting */
export function timestamp(instant: Instant, style: 'f' | 'R' = 'f'): string {
  return `<t:${Math.floor(instant / 1000)}:${style}>`;
}

const papers = (count: number): string => (count === 1 ? '1 paper' : `${count} papers`);

/** All words of the commands, in one place. */
export const COMMAND_TEXTS = {
  papers,
  sourceFailed: (source: string) =>
    `${source} does not answer at the moment. Please try again in a few minutes.`,
  storageFailed: (reference: string) =>
    `The bot could not read or write its data, and nothing was changed. Please try again in a minute; if it stays, give the operator this reference: \`${reference}\`.`,
  unexpected: (reference: string) =>
    `Something went wrong in the bot, and it was logged. Please try again; if it stays, give the operator this reference: \`${reference}\`.`,
  followed: (channelId: string, least: number) =>
    `<#${channelId}> now gets every paper${least > 0 ? ` with at least ${least} upvotes` : ''}.`,
  thresholdChanged: (channelId: string, least: number) =>
    `<#${channelId}> follows every paper already; it now takes those with at least ${least} upvotes.`,
  followedAlready: (channelId: string) => `<#${channelId}> gets every paper already; nothing was changed.`,
  backtest: (total: number, days: number, perDay: number) =>
    `In the last ${days} list days that were ${papers(total)}, ${perDay.toFixed(1)} a day on average.`,
  busiest: (day: Day, count: number) => `The busiest day was ${formatDay(day)} with ${count}.`,
  noBacktest: 'The archive has no papers yet, so there is nothing to compare with.',
  nextDigest: (slot: Instant) => `Next digest: ${timestamp(slot)} (${timestamp(slot, 'R')}).`,
  zoneAssumed: (zone: string) =>
    `The time is by the clocks of **${zone}**; choose another below if that is not yours.`,
  chooseZone: 'Choose your time zone',
  undo: 'Undo',
  sendOneNow: 'Send one now',
  undone: (channelId: string) => `Undone. <#${channelId}> no longer gets every paper.`,
  sampleSent: (count: number, channelId: string) => `Sent ${papers(count)} to <#${channelId}>.`,
  sampleAlready: (at: Instant) => `One was sent already, ${timestamp(at, 'R')}.`,
  sampleNothing: 'There is no paper to send yet.',
  sampleFailed: (reason: string) => `It could not be sent: ${reason}. The next digest is tried all the same.`,
  unfollowed: (name: string, channelId: string) =>
    `<#${channelId}> no longer follows “${name}”. What is on its way is stopped.`,
  nothingHere: 'Nothing is followed here yet. `/subscribe` in a channel is the whole set-up.',
  lastDelivered: (at: Instant) => `Last delivered ${timestamp(at, 'R')}`,
  notDeliveredYet: 'Nothing delivered yet',
  paused: (since: Instant) => `Paused ${timestamp(since, 'R')}`,
  trouble: ({ code, since }: Trouble) => `Blocked since ${timestamp(since)}: ${reasonOfCode(code)}`,
  pause: 'Pause',
  resume: 'Resume',
  remove: 'Remove all',
  removed: (channelId: string) => `Removed. <#${channelId}> gets nothing any more.`,
  settingsChanged: (channelId: string) => `Changed for <#${channelId}>.`,
  settingsNow: (channelId: string) => `Present setting of <#${channelId}>:`,
  dayTitle: (day: Day, count: number) => `${formatDay(day)} ${day.slice(0, 4)} · ${papers(count)}`,
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  latestDay: (day: Day) => `Today has no papers; these are the latest, of ${day}.`,
  openPaper: 'Open a paper',
  previous: 'Previous',
  next: 'Next',
  showToChannel: 'Show to channel',
  help: [
    '**Paperboy** brings the papers of Hugging Face Daily Papers to your channels.',
    '`/subscribe` gets a channel the day’s papers at nine in the morning; `/schedule` changes when and how.',
    '`/papers` lists a day, `/trending` the most upvoted, `/paper` shows one paper.',
    '`/search` finds papers: words, "phrases", OR, -without, quantiz*, author:"Tri Dao", title: org: keyword:, upvotes>=20, code:yes, since:2026-01-01.',
    '`/subscriptions` shows what is followed and whether it gets through; `/unsubscribe` ends it.',
    '`/about` tells what is stored about you, and deletes it.',
    'Changing what a channel gets needs Manage Channels in that channel.',
  ].join('\n'),
  about: (version: string) =>
    [
      `**Paperboy ${version}** · papers from https://huggingface.co/papers`,
      'Stored: for each channel its schedule, what it follows, who asked for it, and which papers it got. About you: your user id where you subscribed a channel, and what you follow by direct message.',
      '“Delete my data” ends what you follow by direct message and deletes it. Channels keep theirs; `/unsubscribe` ends those.',
    ].join('\n'),
  deleteMyData: 'Delete my data',
  dataDeleted: 'Done: nothing that you follow by direct message is stored any more.',
} as const;
