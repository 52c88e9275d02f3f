import type { Instant } from '../../../calendar/zoned-time.ts';
import type { PaperEvent } from '../../../papers/paper-event.ts';
import type { Place } from '../../../subscriptions/destination.ts';
import { count, timestamp, where } from './phrases.ts';
import { reasonOfCode } from './subscriptions.ts';

const named = (what: string, link: string): string => (link === '' ? `${what}.` : `${what}: ${link}`);

const EVENTS: Readonly<Record<PaperEvent, string>> = {
  code: 'code',
  model: 'a model',
  dataset: 'a dataset',
  space: 'a Space',
  votes: '100 votes',
};
const LIST = new Intl.ListFormat('en', { type: 'disjunction' });

const listEvents = (events: readonly PaperEvent[]): string => LIST.format(events.map((one) => EVENTS[one]));

/** Of papers that are followed one by one. Titles come as links or escaped. */
export const FOLLOW = {
  follow: 'Follow',
  unfollow: 'Unfollow',
  byDm: 'By DM',
  here: 'In this channel',
  /** `awaited` is never empty. */
  ask: (title: string, awaited: readonly PaperEvent[]) =>
    `Where should I tell you when **${title}** gets ${listEvents(awaited)}?`,
  followed: (title: string, place: Place, until: Instant) =>
    `Following **${title}** ${where(place)} until ${timestamp(until, 'D')}.`,
  willTell: (awaited: readonly PaperEvent[]) => `I'll tell you once when it gets ${listEvents(awaited)}.`,
  paused: (place: Place) => `⚠ What I send ${where(place)} is paused. I'll tell you once it's resumed.`,
  already: (title: string, place: Place, until: Instant) =>
    `**${title}** is already followed ${where(place)}, until ${timestamp(until, 'D')}.`,
  nothingLeft: (title: string) =>
    `**${title}** already has code, a model, a dataset, a Space and 100 votes, so there is nothing left to tell you.`,
  unfollowed: (title: string, place: Place) => `**${title}** is no longer followed ${where(place)}.`,

  news: (title: string) => `News about ${title}:`,
  code: (link: string) => named('Code is out', link),
  model: (link: string) => named('A model is linked', link),
  dataset: (link: string) => named('A dataset is linked', link),
  space: (link: string) => named('A Space is linked', link),
  votes: (votes: string) => `It has passed 100 votes: ${votes}`,

  heading: (place: Place, amount: number) => `**${count(amount, 'paper')} followed ${where(place)}**`,
  more: (amount: number) => `and ${amount} more`,
  stop: (place: Place) => `Stop following a paper ${place.kind === 'dm' ? 'by DM' : 'here'}`,
  barred: (since: Instant, code: number) =>
    `⚠ My last message there didn't get through (${timestamp(since, 'R')}). ${reasonOfCode(code)}. I'll keep trying for two weeks.`,
};
