import type { Random } from '../../src/calendar/clock.ts';
import { DAY_MS, type Instant } from '../../src/calendar/zoned-time.ts';
import type { Channel } from './channel.ts';
import { pickNumber, pickOne } from '../random.ts';
import type { Order, ScheduleOrder } from './settings.ts';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Pacific/Auckland',
] as const;
/** Those of the menu. */
const MENU_ZONES = ['America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Auckland'] as const;
/** Some come once a week. */
const DAYS = [
  [1, 2, 3, 4, 5, 6, 7],
  [1, 2, 3, 4, 5, 6, 7],
  [1, 2, 3, 4, 5, 6, 7],
  [1, 2, 3, 4, 5],
  [1, 2, 3, 4, 5],
  [1, 4],
  [1],
  [6],
] as const;
/** Those that the auditor's own matcher reads exactly. */
const TOPICS = [
  '',
  '',
  'robot',
  'benchmark',
  '"language models"',
  '"reinforcement learning" OR "diffusion"',
  'video NOT "generation"',
  'agent upvotes>=5',
  '"reasoning" dataset',
] as const;
const INSTANT_SHARE = 0.2;
/** Of the orders, those about one paper; of these, those that end it. */
const PAPER_SHARE = 0.35;
const UNFOLLOW_SHARE = 0.3;
/** Of the places, those with a roundup. */
const ROUNDUP_SHARE = 0.6;
const ROUNDUP_WITHIN_DAYS = 2;
const STYLES = ['cards', 'cards', 'compact', 'threads', 'embeds'] as const;
const STYLES_WITHOUT_THREADS = ['cards', 'compact', 'embeds'] as const;
/** More messages than these take Discord's limits longer than a digest may take to count as late. */
const MOST_THREADS = 6;

/** Real: fifteen minutes of the replayed clock, and a little. */
const UNDO_ENDED_MS = 16_000;

type Looks = Pick<Channel, 'roleId' | 'kind' | 'isThread'>;

/** The first orders in a channel: what to follow, and when. */
export function firstOrders(channel: Channel, random: Random): readonly Order[] {
  return [pickFollow(random), { kind: 'schedule', ...pickTime(random), ...pickLooks(channel, random) }];
}

/** A roundup of each week, whose first slot comes within the days of a run; undefined for most places. */
export function pickRoundup(now: Instant, random: Random): Order | undefined {
  const isWanted = random() < ROUNDUP_SHARE;
  const day = new Date(now + pickNumber(random, 0, ROUNDUP_WITHIN_DAYS) * DAY_MS).getUTCDay();
  const minute = pickNumber(random, 0, 23) * 60 + pickOne(random, [0, 15, 42]);
  return isWanted ? { kind: 'roundup', on: day === 0 ? 7 : day, minute } : undefined;
}

/** Something that its admin may want at any moment; undefined where nothing makes sense. */
export function pickOrder(
  { settings, canReadHistory, ...channel }: Pick<Channel, 'settings' | 'canReadHistory'> & Looks,
  random: Random,
): Order | undefined {
  // Nothing is set up anew where the bot lacks a right.
  if (!canReadHistory) return settings && { kind: settings.isPaused ? 'resume' : 'pause' };
  if (settings === undefined) return pickFollow(random);
  if (settings.isPaused) return { kind: 'resume' };
  const chance = random();
  const followed = settings.follows[Math.floor(random() * settings.follows.length)];
  if (chance < 0.2) return { kind: 'schedule', ...pickTime(random) };
  if (chance < 0.4) return { kind: 'schedule', ...pickLooks(channel, random) };
  if (chance < 0.55) return pickFollow(random);
  if (chance < 0.7) return { kind: 'pause' };
  if (chance < 0.75) return { kind: 'remove' };
  if (followed === undefined) return undefined;
  if (chance < 0.85) return { kind: 'unfollow', query: followed.query };
  return { kind: 'send-now', query: followed.query, minUpvotes: followed.minUpvotes };
}

/**
 * One about a paper, for the share of orders that are, out of those that were listed last: something may still come to
 * them. Nobody can do so in a forum, and the bot wants its rights.
 */
export function pickPaperOrder(
  { kind, canReadHistory, papers }: Pick<Channel, 'kind' | 'canReadHistory' | 'papers'>,
  newest: readonly string[],
  random: Random,
): Order | undefined {
  if (random() >= PAPER_SHARE || kind === 'forum' || !canReadHistory) return undefined;
  const isEnding = random() < UNFOLLOW_SHARE;
  const choices = isEnding ? [...papers] : newest.filter((id) => !papers.has(id));
  const paperId = choices[Math.floor(random() * choices.length)];
  if (paperId === undefined) return undefined;
  return { kind: isEnding ? 'unfollow-paper' : 'follow-paper', paperId };
}

/** What somebody does about an answer to following, decided before it is there so that the same seed decides the same. */
export interface Afterthought {
  readonly undoes: boolean;
  readonly zone?: string;
  /** Real: when. */
  readonly afterMs: number;
}

export function pickAfterthought(random: Random): Afterthought {
  const chance = random();
  const zone = pickOne(random, MENU_ZONES);
  const soon = pickNumber(random, 0, 4_000);
  return {
    undoes: chance < 0.4,
    ...(chance < 0.7 ? { zone } : {}),
    afterMs: random() < 0.1 ? UNDO_ENDED_MS : soon,
  };
}

/** The order for an afterthought, by a control that is offered; undefined where there is none for it. */
export function orderAfter(
  { offered }: Pick<Channel, 'offered'>,
  followed: Order | undefined,
  { undoes, zone }: Afterthought,
): Order | undefined {
  // Somebody may have followed another topic meanwhile.
  if (followed?.kind !== 'follow' || offered.query !== followed.query) return undefined;
  if (offered.undo !== undefined && undoes)
    return { kind: 'undo', query: followed.query, button: offered.undo };
  return offered.zone !== undefined && zone !== undefined
    ? { kind: 'zone', zone, menu: offered.zone }
    : undefined;
}

export function pickFollow(random: Random): Order & { readonly kind: 'follow' } {
  const minUpvotes = random() < 0.5 ? 0 : pickNumber(random, 1, 25);
  return { kind: 'follow', query: pickOne(random, TOPICS), minUpvotes };
}

function pickTime(random: Random): ScheduleOrder {
  const minute = pickNumber(random, 0, 23) * 60 + pickOne(random, [0, 0, 15, 30, 42]);
  return {
    minute: random() < INSTANT_SHARE ? 'instantly' : minute,
    zone: pickOne(random, ZONES),
    days: pickOne(random, DAYS),
  };
}

function pickLooks({ roleId, kind, isThread }: Looks, random: Random): ScheduleOrder {
  const isDm = kind === 'dm';
  const style = pickOne<string>(random, isDm || isThread === true ? STYLES_WITHOUT_THREADS : STYLES);
  return {
    style,
    max: pickNumber(random, 1, style === 'threads' || kind === 'forum' ? MOST_THREADS : 25),
    rest: random() < 0.8 ? 'list' : 'hide',
    mention: random() < 0.4 && !isDm ? roleId : null,
  };
}
