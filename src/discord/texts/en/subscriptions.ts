import type { Day, Instant } from '../../../calendar/zoned-time.ts';
import type { Place, Trouble } from '../../../subscriptions/destination.ts';
import { count, formatFullDay, type MentionCommand, timestamp, where } from './phrases.ts';

const CANNOT_SEE = "I can't see the channel. Grant me View Channel there";
const OTHER_KIND = "I can't post in this kind of channel. Choose another one";
const AUTOMOD = 'AutoMod in this server stops my messages. Ask an admin to exempt me or this channel';

/** By Discord's codes: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const REASONS: ReadonlyMap<number, string> = new Map([
  [10003, 'The channel no longer exists. Subscribe another one'],
  [10004, "The server no longer exists, or I'm no longer in it. Invite me again"],
  [10013, 'The account no longer exists'],
  [40067, 'The forum requires a tag. Add one that I may use, or allow posts without tags'],
  [50001, CANNOT_SEE],
  [50007, 'I may not send these DMs. Allow direct messages from server members in your privacy settings'],
  [50008, OTHER_KIND],
  [50009, 'The server requires a verification that I lack. Lower the level, or give me a role'],
  [
    50013,
    'I lack a permission. Grant me View Channel and Send Messages, for threads Create Public Threads and Send Messages in Threads, and for the style `embeds` Embed Links',
  ],
  [50024, OTHER_KIND],
  [50033, "This account can't get DMs"],
  [50035, 'Discord calls my message malformed. Please tell whoever runs this bot'],
  [50083, 'The thread is archived. Open it again'],
  [50278, 'We share no server any more. Join one that I am in, or install me for yourself'],
  [160005, 'The thread is locked. Unlock it'],
  [160006, 'The server has as many active threads as it can have. Close some'],
  [200000, AUTOMOD],
  [200001, AUTOMOD],
  [240000, 'Discord blocked a link in the message as harmful'],
]);

const REFUSED_SHOWN = 5;

/** Of what is followed, and how it goes. */
export function createSubscriptionsTexts(mention: MentionCommand) {
  return {
    nothingHere: () => `Nothing is followed here yet. Run ${mention('subscribe')} in a channel to start.`,
    places: (amount: number) => `Papers go to ${amount} places`,
    place: (place: Place) => (place.kind === 'channel' ? `<#${place.channelId}>` : 'Your DMs'),
    more: (amount: number) => `and ${amount} more`,
    atLeast: (upvotes: number) => `(at least ${count(upvotes, 'upvote')})`,
    lastDelivered: (at: Instant) => `Last message ${timestamp(at, 'R')}`,
    notDeliveredYet: 'Nothing sent yet',
    paused: (since: Instant) => `Paused ${timestamp(since, 'R')}`,
    trouble: ({ kind, code, since }: Trouble) => {
      const what = { blocked: 'Blocked', gone: 'Gone', 'dms-closed': 'DMs closed' }[kind];
      return `⚠ ${what} since ${timestamp(since)}. ${reasonOfCode(code)}.`;
    },
    uncertain:
      "⚠ I don't know yet whether my last message arrived. I'll send nothing more until Discord tells me.",
    refused: (paperIds: readonly string[]) =>
      `⚠ Left out because Discord refused ${paperIds.length === 1 ? 'it' : 'them'}: ${paperIds.slice(0, REFUSED_SHOWN).join(', ')}. ${mention('why')} says more.`,
    sourceSilent: (since: Instant) =>
      `⚠ Hugging Face hasn't answered since ${timestamp(since)}. Papers will come once it does.`,
    open: 'Open',
    stopTopic: 'Stop following a topic',
    pause: 'Pause',
    resume: 'Resume',
    remove: 'Remove all',
    askToRemove: (place: Place) =>
      `Stop every topic ${where(place)} and delete the settings there? This can't be undone.`,
    removed: (place: Place) => `Removed. Nothing is followed ${where(place)} any more.`,
    back: 'Back',
  };
}

/** What is wrong and what to do about it, for an error code of Discord. */
export function reasonOfCode(code: number): string {
  return REASONS.get(code) ?? `Discord refuses my messages (code ${code}). Check my permissions`;
}

const has = (upvotes: number): string => (upvotes > 0 ? `has ${upvotes}` : 'has none');

/** Of why a paper came, or did not. Queries and labels come escaped. */
export const WHY = {
  listed: (day: Day) => `Listed ${formatFullDay(day)}`,
  notListed: "Not in Hugging Face's daily list",
  status: (place: string, words: string) => `**${place}**: ${words}`,
  sent: (at: Instant) => `it came ${timestamp(at)}.`,
  hidden: (at: Instant) => `it didn't fit into the digest of ${timestamp(at)}, and the rest is hidden there.`,
  refused: (at: Instant, code: number | undefined) =>
    `Discord refused it ${timestamp(at)}${code === undefined ? '' : ` (code ${code})`}, so I left it out.`,
  comesAt: (slot: Instant) => `it comes with the digest of ${timestamp(slot)}.`,
  /** `when` is the schedule, such as `Instantly, weekends, Europe/Berlin`. */
  comesInstantly: (when: string) => `it comes the next time I send papers there (${when}).`,
  comesOnceResumed: 'it matches, and comes once this is resumed.',
  tooFewUpvotes: (needs: number, upvotes: number) =>
    `it needs ${count(needs, 'upvote')} and ${has(upvotes)}.`,
  never: {
    'not-listed': "it isn't in the daily list, and I only send papers that are.",
    'outside-window': 'it matches, but it was listed too long ago.',
    'before-start': 'it matches, but it was listed before this was followed.',
    'no-match': 'no topic there matches it.',
  },
  everyPaper: 'every listed paper matches',
  matchesBy: (words: string) => `matches ${words}`,
  matches: 'matches',
  likeBy: (words: string) => (words === '' ? 'is like the examples' : `is like the examples, by ${words}`),
  isExample: 'is one of the examples; only papers like them come',
  unlike: "isn't like the examples enough",
  missing: (parts: number, words: string) =>
    parts === 1 ? `doesn't have ${words}` : `has none of: ${words}`,
  excluded: (parts: number, words: string) => `has ${words}, which ${parts === 1 ? 'is' : 'are'} excluded`,
  threshold: (needs: number, upvotes: number) => `needs ${count(needs, 'upvote')}, ${has(upvotes)}`,
};
