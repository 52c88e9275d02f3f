import type { ListDay } from '../calendar/list-day.ts';
import type { Instant } from '../calendar/zoned-time.ts';
import type { Topic } from '../topics/topic.ts';
import type { Random } from '../calendar/clock.ts';

/** One topic at one destination. Topics with equal queries are the same topic. */
export interface Subscription {
  /** 20 characters of `[a-z0-9]`, unique for ever. */
  readonly id: string;
  readonly destinationId: string;
  readonly topic: Topic;
  readonly minUpvotes: number;
  /** The list day on which it was made; earlier papers never come. */
  readonly startDay: ListDay;
  readonly createdAt: Instant;
  readonly createdBy: string;
}

/** Topics a destination can follow, by kind of place. */
export const TOPIC_LIMIT = { channel: 25, dm: 10 } as const;

/** Of a subscription's id. */
export const ID_LENGTH = 20;

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Random letters of `[a-z0-9]`. */
export function createId(random: Random, length: number): string {
  return Array.from({ length }, () => LETTERS.charAt(Math.floor(random() * LETTERS.length))).join('');
}
