import { type ListDay, listDayStart } from '../../calendar/list-day.ts';
import { addDays } from '../../calendar/zoned-time.ts';
import type { DeliveryLedger } from '../../delivery/delivery-ledger.ts';
import type { PlannedStep } from '../../delivery/delivery.ts';
import type { ForYouChoices, SavedHere } from '../../for-you/choices.ts';
import type { ArchivedPaper } from '../../papers/paper.ts';
import type { Destination } from '../../subscriptions/destination.ts';
import type { RoundupSlot } from '../../subscriptions/schedule.ts';
import type { Subscription } from '../../subscriptions/subscription.ts';
import type { PaperSearch } from '../../topics/paper-search.ts';
import { type BuiltInTopic, EVERY_PAPER, isForYou, type Topic } from '../../topics/topic.ts';
import {
  findGrowing,
  findTrends,
  type GrowingTopic,
  keepMostChanged,
  lastMonths,
  lastWeeks,
  MOST_TRENDS,
  type Trends,
  type TrendUnit,
} from '../../topics/trends.ts';
import { isListed } from '../choose.ts';
import { matchSubscriptions, type MatchTools } from '../plan.ts';

/** What a week or month brought to one destination, in ids and numbers. */
export interface Roundup {
  readonly unit: TrendUnit;
  /** Its last list day. */
  readonly until: ListDay;
  /** How many papers were listed of what is followed there. */
  readonly papers: number;
  /** Ids of the most upvoted of them, best first. */
  readonly top: readonly string[];
  /** What was saved most in its server since the week or month began; none by direct message. */
  readonly saved: readonly SavedHere[];
  readonly growing: readonly GrowingTopic[];
  /** To be drawn; of no topics where there is nothing to draw. */
  readonly trends: Trends;
}

/** The message of a roundup, as the first step of a delivery. */
export type LayOutRoundup = (
  roundup: Roundup,
  options: { readonly deliveryId: string; readonly destination: Destination; readonly key: string },
) => PlannedStep;

/** What its record is kept under, in place of the id of a paper: each list day ends one week or month at most. */
export function roundupKey(unit: TrendUnit, { until }: Pick<RoundupSlot, 'until'>): string {
  return `${unit}#${until}`;
}

interface RoundupParts extends MatchTools {
  readonly ledger: Pick<DeliveryLedger, 'recordsOf'>;
  readonly choices: Pick<ForYouChoices, 'savedMost'>;
  readonly countByDay: PaperSearch['countByDay'];
  /** The topics that ship with the bot: what grows is looked for among them too. */
  readonly topics: readonly BuiltInTopic[];
}

const MOST_TOP = 5;
const MOST_SAVED = 3;
const MOST_GROWING = 3;
/** What one person alone has saved is theirs. */
const LEAST_SAVERS = 2;
const DRAWN = { week: 13, month: 12 } as const;

/**
 * What some list days brought to a destination, but for papers that Discord refused there: they would take the roundup
 * with them. Undefined where that is nothing. Raises `StorageError`.
 */
export type GatherRoundup = (
  destination: Destination,
  period: Pick<RoundupSlot, 'after' | 'until'> & { readonly unit: TrendUnit },
) => Promise<Roundup | undefined>;

export function createGatherRoundup(parts: RoundupParts): GatherRoundup {
  return (destination, period) => gather(destination, period, parts);
}

async function gather(
  destination: Destination,
  { unit, after, until }: Parameters<GatherRoundup>[1],
  parts: RoundupParts,
): Promise<Roundup | undefined> {
  const found = await findPapers(destination, { after, until }, parts);
  const savedHere = await findSaved(destination, { after }, parts);
  const records = await parts.ledger.recordsOf(destination.id, [
    ...found.map(({ id }) => id),
    ...savedHere.map(({ paperId }) => paperId),
  ]);
  const isShown = (paperId: string) => records.get(paperId)?.kind !== 'refused';
  const papers = found.filter(({ id }) => isShown(id));
  const saved = savedHere.filter(({ paperId }) => isShown(paperId));
  if (papers.length === 0 && saved.length === 0) return undefined;
  const periods = unit === 'week' ? lastWeeks(until, DRAWN.week) : lastMonths(addDays(until, 1), DRAWN.month);
  const followed = destination.subscriptions
    .map(({ topic }) => topic)
    .filter((topic) => topic.query !== EVERY_PAPER.query && !isForYou(topic));
  const own = await findTrends({ topics: followed, unit, periods }, parts.countByDay);
  const builtIn = await findTrends({ topics: parts.topics, unit, periods }, parts.countByDay);
  return {
    unit,
    until,
    papers: papers.length,
    top: papers.slice(0, MOST_TOP).map(({ id }) => id),
    saved,
    growing: findGrowing(joinTopics(own, builtIn, followed, parts.topics)).slice(0, MOST_GROWING),
    trends:
      followed.length > 0
        ? { ...own, topics: own.topics.slice(0, MOST_TRENDS) }
        : keepMostChanged(builtIn, MOST_TRENDS),
  };
}

/** Of all topics that are followed in words, else of all papers; the most upvoted first. */
async function findPapers(
  destination: Destination,
  { after, until }: Pick<RoundupSlot, 'after' | 'until'>,
  tools: MatchTools,
): Promise<readonly ArchivedPaper[]> {
  const worded = destination.subscriptions.filter(({ topic }) => !isForYou(topic));
  const matches = await matchSubscriptions(
    worded.length > 0 ? worded : everyPaperOf(destination),
    { destination, after },
    tools,
  );
  const found = new Map<string, ArchivedPaper>();
  for (const { subscription, papers } of matches) {
    for (const paper of papers.filter(isListed)) {
      const isIn = paper.listDay > after && paper.listDay <= until;
      if (isIn && paper.upvotes >= subscription.minUpvotes) found.set(paper.id, paper);
    }
  }
  return [...found.values()].toSorted((a, b) => b.upvotes - a.upvotes || (a.id < b.id ? -1 : 1));
}

function everyPaperOf({ subscriptions: [first] }: Destination): readonly Subscription[] {
  return first === undefined ? [] : [{ ...first, topic: EVERY_PAPER, minUpvotes: 0 }];
}

async function findSaved(
  { place }: Destination,
  { after }: Pick<RoundupSlot, 'after'>,
  { choices }: Pick<RoundupParts, 'choices'>,
): Promise<Roundup['saved']> {
  if (place.kind === 'dm') return [];
  const since = listDayStart(addDays(after, 1));
  const saved = await choices.savedMost(place.guildId, { since, most: MOST_SAVED });
  return saved.filter(({ savers }) => savers >= LEAST_SAVERS);
}

/** Each topic once: one that is followed under its built-in query is the same. */
function joinTopics(
  own: Trends,
  builtIn: Trends,
  followed: readonly Topic[],
  topics: readonly Topic[],
): Trends {
  const known = new Set(followed.map(({ query }) => query));
  const others = builtIn.topics.filter((_, at) => !known.has(topics[at]?.query ?? ''));
  return { ...builtIn, topics: [...own.topics, ...others] };
}
