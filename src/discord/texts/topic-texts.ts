import type { Day, Instant } from '../../calendar/zoned-time.ts';
import type { DigestStyle, Place, Trouble } from '../../subscriptions/destination.ts';
import { COMMAND_TEXTS, timestamp } from './command-texts.ts';
import { formatDay } from './digest-texts.ts';
import { reasonOfCode } from './texts.ts';

const { papers } = COMMAND_TEXTS;
const where = (place: Place): string =>
  place.kind === 'channel' ? `in <#${place.channelId}>` : 'by direct message';
const atLeast = (least: number): string => (least > 0 ? ` with at least ${least} upvotes` : '');

/** The words of following topics. Labels and queries come escaped. */
export const TOPIC_TEXTS = {
  everyPaper: 'every paper',
  followed: (label: string, least: number, place: Place) =>
    `Now following ${label}${atLeast(least)} ${where(place)}.`,
  thresholdChanged: (label: string, least: number, place: Place) =>
    least > 0
      ? `${label} is followed ${where(place)} already; from now on only papers${atLeast(least)}.`
      : `${label} is followed ${where(place)} already; from now on with any number of upvotes.`,
  followedAlready: (label: string, place: Place) =>
    `${label} is followed ${where(place)} already; nothing was changed.`,
  fellBackForRights: (channelId: string) =>
    `You may not change what <#${channelId}> gets (that needs Manage Channels), so this comes to you alone.`,
  fellBackForServer: 'The bot is not a member of this server, so this comes to you alone.',
  fellBackForKind: (channelId: string) =>
    `Papers cannot be sent to <#${channelId}>, so this comes to you alone.`,
  forumPosts: 'In a forum every paper becomes a post of its own.',
  backtest: (count: number, days: number) => {
    if (count === 0)
      return `⚠ **No paper** in the last ${days === 1 ? 'list day' : `${days} list days`} matches.`;
    const perDay = count / days;
    const average = perDay >= 0.95 ? `${perDay.toFixed(1)} a day` : `${(perDay * 5).toFixed(1)} a week`;
    return `**${papers(count)}** in the last ${days === 1 ? 'list day' : `${days} list days`}, ${average} on average`;
  },
  busiest: (day: Day, count: number) => `Busiest: ${formatDay(day)} with ${count}`,
  builtIn: 'Topics',
  builtInCounts: (days: number) => `Papers in the last ${days === 1 ? 'list day' : `${days} list days`}`,
  builtInLine: (label: string, count: number, description: string) =>
    `- ${label} · ${papers(count)} · ${description}`,
  howToFollow:
    'Follow one with `/subscribe topic:`, in another channel or with fewer papers too, or choose it below to follow it here. Any words make a topic of your own.',
  followBuiltIn: (first: string, last: string) => `Follow: ${first} to ${last}`,
  volume: (count: number, days: number) => ` · ${papers(count)} in ${days} days`,
  noBacktest: 'The archive has no papers yet, so there is nothing to compare with.',
  tooWide: (count: number, listed: number) =>
    `⚠ That is more than half of all papers (${count} of ${listed}).`,
  narrower: (query: string, count: number) => `Narrower: ${query} would be ${count}.`,
  narrowerHint: 'Add a word that must be there, or `upvotes>=20`, to get less.',
  nothingSince: (day: Day) => `The last paper that did is of ${formatDay(day)} ${day.slice(0, 4)}.`,
  nothingEver: 'No paper of the archive ever did; the words may be misspelt, or too many at once.',
  tooFewUpvotes: (most: number) => `The most upvoted one that matches has ${most}.`,
  spelling: (query: string, count: number) => `Did you mean ${query}? That would be ${papers(count)}.`,
  wider: (query: string, count: number) => `Wider: ${query} would bring ${papers(count)}.`,
  undone: (label: string, place: Place) => `Undone: ${label} is no longer followed ${where(place)}.`,
  unfollowed: (label: string, place: Place) =>
    `No longer following ${label} ${where(place)}. What was on its way is stopped.`,
  lastUnfollowed: 'Nothing is followed there any more; its settings are gone too.',
  sampleSent: (count: number, place: Place) => `Sent ${papers(count)} ${where(place)}.`,
  sampleAlready: (at: Instant) => `One was sent already, ${timestamp(at, 'R')}.`,
  sampleNothing: 'There is no paper to send that did not come before.',
  sampleFailed: (code: number | undefined) =>
    `I couldn’t send it${code === undefined ? '' : `: ${reasonOfCode(code)}`}. I’ll still try the next digest.`,
  sampleBusy: (place: Place) => `Another digest is on its way ${where(place)}. Try again in a minute.`,
  sampleHeld: (place: Place, nextLook: Instant) => {
    const to = place.kind === 'channel' ? `to <#${place.channelId}>` : 'to you';
    return `Discord has not told yet whether the last message ${to} got through; nothing more is sent before it does. The bot asks again ${timestamp(nextLook, 'R')}.`;
  },
  nextDigest: (slot: Instant) => `Next digest: ${timestamp(slot)} (${timestamp(slot, 'R')}).`,
  nextDigests: (slots: readonly Instant[]) => `Next: ${slots.map((slot) => timestamp(slot)).join(', ')}`,
  instantly: 'Papers come as they are listed; the bot looks every ten minutes.',
  zoneAssumed: (zone: string) =>
    `The time is by the clocks of **${zone}**; choose another below if that is not yours.`,
  chooseZone: 'Choose your time zone',
  here: 'here',
  there: 'that channel',
  directMessages: 'direct messages',
  channelKind: { text: 'channel', announcement: 'announcements', thread: 'thread', forum: 'forum' },
  nothingHere: 'Nothing is followed here yet. `/subscribe` in a channel is the whole set-up.',
  places: (count: number) => `Followed in ${count} places:`,
  openDestination: 'Choose one to pause, resume or remove',
  stopTopic: 'Stop one topic',
  more: (count: number) => `and ${count} more`,
  threshold: (least: number) => `(${least} upvotes or more)`,
  lastDelivered: (at: Instant) => `Last delivered ${timestamp(at, 'R')}`,
  notDeliveredYet: 'Nothing delivered yet',
  paused: (since: Instant) => `Paused ${timestamp(since, 'R')}`,
  trouble: ({ kind, code, since }: Trouble) => {
    const verb = { blocked: 'Blocked', gone: 'Gone', 'dms-closed': 'Your direct messages are closed' }[kind];
    return `⚠ ${verb} since ${timestamp(since)}: ${reasonOfCode(code)}.`;
  },
  sourceSilent: (since: Instant) =>
    `⚠ Hugging Face has not answered since ${timestamp(since)}; papers come once it does.`,
  pause: 'Pause',
  resume: 'Resume',
  remove: 'Remove all',
  back: 'Back',
  previous: 'Previous',
  next: 'Next',
  removed: (place: Place) => `Removed: nothing is followed ${where(place)} any more.`,
  undo: 'Undo',
  sendOneNow: 'Send one now',
  place: (place: Place) => (place.kind === 'channel' ? `<#${place.channelId}>` : 'Your direct messages'),
  settingsChanged: (place: Place) => `Changed ${where(place)}.`,
  settingsNow: (place: Place) => `Present setting ${where(place)}:`,
  style: (style: DigestStyle, isForum: boolean) => {
    if (isForum) return 'A post for each paper, as always in a forum';
    return { cards: 'Cards', compact: 'Compact lines', threads: 'A message and a thread for each paper' }[
      style
    ];
  },
  amount: (max: number, rest: 'list' | 'hide') =>
    `at most ${max}, ${rest === 'list' ? 'the rest in a line each' : 'the rest hidden for good'}`,
  pausedSince: (since: Instant) => `Paused since ${timestamp(since)}; nothing comes until it is resumed`,
  mentions: (roleId: string) => `Mentions <@&${roleId}> once per digest`,
  cannotPing: (roleId: string) =>
    `The bot cannot ping <@&${roleId}> yet: make the role mentionable, or grant the bot Mention Everyone.`,
} as const;
