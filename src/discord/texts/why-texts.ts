import type { Day, Instant } from '../../calendar/zoned-time.ts';
import { timestamp } from './command-texts.ts';
import { DIGEST_TEXTS, formatDay } from './digest-texts.ts';
import { TOPIC_TEXTS } from './topic-texts.ts';
import type { Place } from '../../subscriptions/destination.ts';

/** The words of why a paper came, or did not. Queries and labels come escaped. */
export const WHY_TEXTS = {
  listed: (day: Day, upvotes: number) =>
    `Listed ${formatDay(day)} ${day.slice(0, 4)} · ${DIGEST_TEXTS.votes(upvotes)}`,
  notListed: 'Not in Hugging Face’s daily list',
  fate: (place: Place, words: string) => `**${TOPIC_TEXTS.place(place)}**: ${words}`,
  sent: (at: Instant) => `it came ${timestamp(at)}.`,
  hidden: (at: Instant) =>
    `it was over the maximum of the digest of ${timestamp(at)}, and the rest is hidden.`,
  refused: (at: Instant, code: number | undefined) =>
    `Discord refused it on ${timestamp(at)}${code === undefined ? '' : ` (${code})`}; it is left out here.`,
  comesAt: (slot: Instant) => `it comes with the next digest, ${timestamp(slot)}.`,
  comes: 'it comes with the next collection.',
  comesOnceResumed: 'it matches, and comes once this is resumed.',
  tooFewUpvotes: (needs: number, has: number) => `it waits for ${needs} upvotes, and has ${has}.`,
  never: {
    'not-listed': 'it is not in the daily list; only papers that are listed come.',
    'outside-window': 'it matches, but was listed too long ago to come any more.',
    'before-start': 'it matches, but was listed before this was followed.',
    'no-match': 'no topic that is followed there matches it.',
  },
  everyPaper: 'matches, as every paper does',
  matchesBy: (words: string) => `matches by ${words}`,
  matches: 'matches',
  missing: (words: string) => `not found: ${words}`,
  excluded: (words: string) => `excluded, but found: ${words}`,
  threshold: (needs: number, has: number) => `needs ${needs} upvotes, has ${has}`,
} as const;
