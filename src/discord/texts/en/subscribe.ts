import type { Day, Instant } from '../../../calendar/zoned-time.ts';
import type { Volume } from '../../../subscriptions/backtest.ts';
import type { Place } from '../../../subscriptions/destination.ts';
import {
  capitalised,
  count,
  dailyLists,
  formatDay,
  formatFullDay,
  type MentionCommand,
  timestamp,
  where,
} from './phrases.ts';
import { reasonOfCode } from './subscriptions.ts';

const atLeast = (upvotes: number): string =>
  upvotes > 0 ? ` with at least ${count(upvotes, 'upvote')}` : '';

const VOLUMES: Readonly<Record<Volume, string>> = { few: 'Few', some: 'Some', many: 'Many' };

const likeEnd = (volume: Volume): string => ` (${volume} a week)`;

const round = (average: number): number => Number(average.toFixed(1));

/** Of following topics, and of what that would bring. Labels and queries come escaped. */
export function createSubscribeTexts(mention: MentionCommand) {
  return {
    everyPaper: 'every paper',
    followed: (label: string, upvotes: number, place: Place) =>
      `Now following ${label}${atLeast(upvotes)} ${where(place)}`,
    thresholdChanged: (label: string, upvotes: number, place: Place) =>
      upvotes > 0
        ? `Updated: ${label} ${where(place)} now brings only papers${atLeast(upvotes)}.`
        : `Updated: ${label} ${where(place)} now brings papers with any number of upvotes.`,
    followedAlready: (label: string, place: Place) =>
      `${capitalised(label)} is already followed ${where(place)}. Nothing was changed.`,
    dmForRights: (channelId: string) =>
      `Changing what <#${channelId}> gets needs Manage Channels, so I'll send this to you by DM.`,
    dmForServer: "I'm not a member of this server, so I'll send this to you by DM.",
    dmForKind: (channelId: string) => `I can't post in <#${channelId}>, so I'll send this to you by DM.`,
    forumPosts: 'In a forum, each paper gets a post of its own.',

    backtest: (papers: number, days: number) => {
      if (papers === 0) return `⚠ **No papers** in the last ${dailyLists(days)}.`;
      const perDay = papers / days;
      const average = perDay >= 0.95 ? `${round(perDay)} a day` : `${round(perDay * 5)} a week`;
      return `**${count(papers, 'paper')}** in the last ${dailyLists(days)}, about ${average}.`;
    },
    busiest: (day: Day, papers: number) => `The busiest day was ${formatDay(day)}, with ${papers}.`,
    noBacktest: "I have no papers yet, so I can't say how many to expect.",
    tooWide: (papers: number, listed: number) =>
      `⚠ That's more than half of all papers (${papers} of ${listed}).`,
    narrower: (query: string, papers: number) => `Narrower: ${query} would bring ${papers}.`,
    covered: (label: string, papers: number, place: Place) =>
      `⚠ ${capitalised(label)} is followed ${where(place)} too, and already brings ${papers === 1 ? 'this paper' : 'all of these'}.`,
    narrowerHint: 'To get fewer, add a word that must be there, or `upvotes>=20`.',
    nothingSince: (day: Day) => `The last match was listed on ${formatFullDay(day)}.`,
    nothingEver: 'No paper in the archive matches. Check the spelling or use fewer words.',
    tooFewUpvotes: (most: number) =>
      most > 0 ? `The best match has ${count(most, 'upvote')}.` : 'None of the matches has an upvote yet.',
    spelling: (query: string, papers: number) =>
      `Did you mean ${query}? That would bring ${count(papers, 'paper')}.`,
    useNarrower: 'Use the narrower one',
    followInstead: (query: string) => `Follow ${query} instead`,
    dropLimit: 'Drop the upvote limit',
    hideRest: (max: number) => `Only the best ${max}`,
    wider: (query: string, papers: number) => `Wider: ${query} would bring ${count(papers, 'paper')}.`,

    zoneAssumed: (zone: string) => `Times are in **${zone}**. Wrong time zone? Pick yours below.`,
    chooseZone: 'Pick your time zone',
    undo: 'Undo',
    undone: (label: string, place: Place) => `Undone. No longer following ${label} ${where(place)}.`,
    showQuery: 'Show query',
    queryOf: (label: string, query: string) => `${label} matches ${query}.`,
    sendOneNow: 'Send one now',
    sampleSent: (papers: number, place: Place) => {
      const to = place.kind === 'channel' ? `to <#${place.channelId}>` : 'by DM';
      return `Sent ${count(papers, 'paper')} ${to}.`;
    },
    sampleAlready: (at: Instant) => `I already sent one ${timestamp(at, 'R')}.`,
    sampleNothing: 'There is nothing to send: every paper that matches has already been sent.',
    sampleFailed: (code: number | undefined) =>
      code === undefined
        ? "I couldn't send it. I'll still try the next digest."
        : `I couldn't send it. ${reasonOfCode(code)}. I'll still try the next digest.`,
    sampleBusy: (place: Place) => `Another digest is on its way ${where(place)}. Try again in a minute.`,
    sampleHeld: (place: Place, nextLook: Instant) => {
      const to = place.kind === 'channel' ? `to <#${place.channelId}>` : 'to you';
      return `I don't know yet whether my last message ${to} arrived, so I'm not sending another. I'll check again ${timestamp(nextLook, 'R')}.`;
    },

    unfollowed: (label: string, place: Place) => `No longer following ${label} ${where(place)}.`,
    askToEndLast: (label: string, place: Place) =>
      `${capitalised(label)} is the only topic ${where(place)}. Stop following it and delete the settings? This can't be undone.`,
    endLast: 'Stop following',
    followAgain: 'Follow it again',
    lastUnfollowed: 'It was the last topic, so the settings are gone too.',
    here: 'here',
    there: 'that channel',
    byDm: 'by DM',

    topics: 'Topics',
    topicsCount: (days: number) => `Counted over the last ${dailyLists(days)}`,
    topicLine: (label: string, papers: number, description: string) =>
      [label, ...(papers > 0 ? [count(papers, 'paper')] : []), description].join(' · '),
    howToFollow: {
      here: () =>
        `Pick a topic below to follow it here. For another channel, or only papers with enough upvotes, use ${mention('subscribe')}. It takes words of your own too.`,
      dm: () =>
        `Pick a topic below to get its papers by DM. To follow words of your own, use ${mention('subscribe')}.`,
    },
    followTopics: (first: string, last: string) => `Follow a topic: ${first} … ${last}`,
    likeName: (title: string, more: number, volume: Volume) =>
      `like “${title}”${more > 0 ? ` and ${more} more` : ''}${likeEnd(volume)}`,
    likeEnd,
    likeChoice: (titles: string, volume: Volume) => `${VOLUMES[volume]} papers a week like: ${titles}`,
    likeVolume: (volume: Volume) => `${VOLUMES[volume]} a week`,
    likeWords: (words: string) => `  by ${words}`,
    volume: (papers: number, days: number) =>
      papers === 0 ? ` · no papers in ${days} days` : ` · ${count(papers, 'paper')} in ${count(days, 'day')}`,
  };
}
