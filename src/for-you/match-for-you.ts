import type { ListDay } from '../calendar/list-day.ts';
import { addDays, type Day, type Instant, localTimeAt, weekdayOf } from '../calendar/zoned-time.ts';
import type { PaperArchive } from '../papers/paper-archive.ts';
import type { ArchivedPaper } from '../papers/paper.ts';
import type { Destination, Place } from '../subscriptions/destination.ts';
import { nextSlots } from '../subscriptions/schedule.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { PickedPaper } from '../topics/paper-search.ts';
import { FOR_YOU_WEEKLY, type Topic } from '../topics/topic.ts';
import { type PickTools, pickForYou, type Reader } from './pick-for-you.ts';

/** The picks of For You for one subscription, and what each is shown with in place of the topic's name. */
export interface ForYouMatches {
  readonly papers: readonly ArchivedPaper[];
  readonly labels: ReadonlyMap<string, string>;
}

export interface ForYouQuestion {
  readonly destination: Destination;
  readonly subscription: Subscription;
  /** Listed later than this day. */
  readonly after: ListDay;
  /** What is to be decided; without one the picks are those of any slot. */
  readonly slot?: Instant;
  /** A paper that counts although it went there already. */
  readonly despiteRecord?: string;
}

/** Raises `StorageError`, and what `PickTools.pick` raises. */
export type MatchForYou = (question: ForYouQuestion) => Promise<ForYouMatches>;

export interface MatchForYouTools extends PickTools {
  readonly archive: Pick<PaperArchive, 'paper'>;
  /** What went to the destination already, by paper. */
  readonly recordsOf: (destinationId: string) => Promise<ReadonlyMap<string, unknown>>;
  readonly label: (pick: PickedPaper, liked: ArchivedPaper | undefined) => string;
}

/** With a slot a day, the eighth one is in the next week. */
const SLOTS_LOOKED_AT = 8;
/** Picks that come at a time. */
const PICKS = { daily: 3, weekly: 7 } as const;

export function createMatchForYou(tools: MatchForYouTools): MatchForYou {
  return async ({ destination, subscription, after, slot, despiteRecord }) => {
    const isWeekly = subscription.topic.query === FOR_YOU_WEEKLY.query;
    if (slot !== undefined && !isPeriodNew(destination, slot, isWeekly)) return NONE;
    const sent = [...(await tools.recordsOf(destination.id)).keys()];
    const dayBefore = addDays(subscription.startDay, -1);
    const wish = {
      range: { after: after > dayBefore ? after : dayBefore },
      minUpvotes: subscription.minUpvotes,
      without: sent.filter((id) => id !== despiteRecord),
      limit: isWeekly ? PICKS.weekly : PICKS.daily,
    };
    const picks = await pickForYou(readerOf(destination.place), wish, tools);
    const papers = picks.flatMap(({ paperId }) => tools.archive.paper(paperId) ?? []);
    const labels = picks.map(
      (pick) => [pick.paperId, tools.label(pick, tools.archive.paper(pick.like))] as const,
    );
    return { papers, labels: new Map(labels) };
  };
}

const NONE: ForYouMatches = { papers: [], labels: new Map() };

/** Whose saves count at a place. */
function readerOf(place: Place): Reader {
  return place.kind === 'dm'
    ? { kind: 'person', userId: place.userId }
    : { kind: 'server', guildId: place.guildId };
}

/** The first slot later than `after` that brings picks; undefined for `instantly`, which has no slots of its own. */
export function nextPickSlot(destination: Destination, topic: Topic, after: Instant): Instant | undefined {
  const isWeekly = topic.query === FOR_YOU_WEEKLY.query;
  const slots = nextSlots(destination.schedule, after, SLOTS_LOOKED_AT);
  return slots.find((slot) => isPeriodNew(destination, slot, isWeekly));
}

/** Picks come with the first slot of a local day or week: `instantly` has many, and a weekly pick has its daily ones. */
function isPeriodNew(
  { schedule: { zone }, coveredSlot }: Destination,
  slot: Instant,
  isWeekly: boolean,
): boolean {
  if (coveredSlot === undefined) return true;
  const periodOf = (instant: Instant): Day => {
    const { day } = localTimeAt(instant, zone);
    return isWeekly ? addDays(day, 1 - weekdayOf(day)) : day;
  };
  return periodOf(coveredSlot) !== periodOf(slot);
}
