import type { Day, Instant } from '../../../calendar/zoned-time.ts';
import { count, formatFullDay, timestamp } from './phrases.ts';

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
  comesAt: (slot: Instant) => `it comes with the next digest, ${timestamp(slot)}.`,
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
  everyPaper: 'matches, like every paper',
  matchesBy: (words: string) => `matches ${words}`,
  matches: 'matches',
  likeBy: (words: string) => `is like the examples, by ${words}`,
  unlike: "isn't like the examples enough",
  missing: (words: string) => `doesn't have ${words}`,
  excluded: (words: string) => `has ${words}, which is excluded`,
  threshold: (needs: number, upvotes: number) => `needs ${count(needs, 'upvote')}, ${has(upvotes)}`,
};
