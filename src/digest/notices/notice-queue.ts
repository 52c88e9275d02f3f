import { type Clock, hasPassed, type Moment, momentOf, type Random } from '../../calendar/clock.ts';
import { DAY_MS, type Instant, MINUTE_MS } from '../../calendar/zoned-time.ts';
import type { DeliveryLedger } from '../../delivery/delivery-ledger.ts';
import { type Delivery, GONE_CODES, type PlannedStep, planStep } from '../../delivery/delivery.ts';
import { ASKED_EVERY_MS } from '../../delivery/destination-after.ts';
import type { PaperArchive } from '../../papers/paper-archive.ts';
import { eventsOf, type PaperEvent } from '../../papers/paper-event.ts';
import type { DestinationStore } from '../../subscriptions/destination.ts';
import type { FollowStore, PaperFollow } from '../../subscriptions/follow-paper.ts';
import { createId } from '../../subscriptions/subscription.ts';
import { type PlanDueTools, type Planned, writePlan } from '../plan-due.ts';
import { noticeKey, parseNoticeKey } from './notice-key.ts';

/** The destinations that may have something to be told of the papers that are followed there. */
interface NoticeQueue {
  /** Those whose turn it is, after a look at all followed papers where one is due. Raises `StorageError`. */
  due(): Promise<readonly string[]>;
  /** Plans what one of them is to be told. Raises `StorageError`. */
  plan(destinationId: string): Promise<Planned | undefined>;
}

/** Collections and links come no more often. */
const LOOK_EVERY_MS = 10 * MINUTE_MS;
const TRIED_AGAIN_AFTER_MS = 10 * MINUTE_MS;
/** So many papers are read before others have their turn. */
const PAPERS_AT_ONCE = 25;

/**
 * Nothing of it is stored: what was not told follows from the papers, what is followed and the records. After a start
 * everybody who follows a paper is looked at once.
 */
export function createNoticeQueue(tools: NoticeTools): NoticeQueue {
  const { clock, archive, follows } = tools;
  /** When each is tried. */
  const waiting = new Map<string, Instant>();
  /** What had come to each followed paper at the last look. */
  let seen: ReadonlyMap<string, string> = new Map();
  let lookedAt: Moment | undefined;

  async function look(): Promise<void> {
    const begun = momentOf(clock);
    const present = new Map<string, string>();
    for (const [index, id] of (await follows.papers(begun.wall)).entries()) {
      if (index % PAPERS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
      const paper = archive.paper(id);
      present.set(id, paper === undefined ? '' : eventsOf(paper).join());
    }
    const changed = [...present].filter(([id, events]) => events !== (seen.get(id) ?? ''));
    const ids = changed.map(([id]) => id);
    const followers = ids.length === 0 ? [] : await follows.followersOf(ids, begun.wall);
    for (const id of followers) waiting.set(id, begun.wall);
    seen = present;
    lookedAt = begun;
  }

  return {
    async due() {
      if (lookedAt === undefined || hasPassed(LOOK_EVERY_MS, lookedAt, clock)) await look();
      const now = clock.now();
      // What waits for longer than it ever has to was written by a wrong clock.
      const isDue = (at: Instant) => at <= now || at > now + TRIED_AGAIN_AFTER_MS;
      return [...waiting].flatMap(([id, at]) => (isDue(at) ? [id] : []));
    },

    async plan(destinationId) {
      if (!waiting.has(destinationId)) return undefined;
      const plan = await planNotice(destinationId, tools);
      if (plan === 'nothing') waiting.delete(destinationId);
      else if (plan === 'later') waiting.set(destinationId, clock.now() + TRIED_AGAIN_AFTER_MS);
      return typeof plan === 'string' ? undefined : plan;
    },
  };
}

/** What has come to one paper, to be told in one message. */
export interface Notice {
  readonly deliveryId: string;
  /** The number of its step. */
  readonly n: number;
  readonly paperId: string;
  /** Never empty. */
  readonly events: readonly PaperEvent[];
}

export interface NoticeTools {
  readonly clock: Clock;
  readonly random: Random;
  readonly archive: Pick<PaperArchive, 'paper'>;
  readonly destinations: Pick<DestinationStore, 'get'>;
  readonly follows: Pick<FollowStore, 'of' | 'papers' | 'followersOf'>;
  readonly ledger: Pick<DeliveryLedger, 'recordsOf' | 'plan' | 'latestOf'>;
  readonly transport: Pick<PlanDueTools['transport'], 'time'>;
  readonly layOutNotice: (notice: Notice) => PlannedStep;
}

/** Papers of one delivery; the rest comes right after it. */
const PAPERS_EACH = 10;

/** What could not be told for so long is old news: whoever follows a paper can see it there. */
const TRIED_FOR_MS = 14 * DAY_MS;
/** Deliveries in which the tries are looked for: one an hour, and what else a place gets. */
const LOOKED_BACK = 1_000;

/** `later`: there may be something to tell, and not at present. */
type NoticePlan = Planned | 'nothing' | 'later';

/** Plans what is to be told at a destination of the papers that are followed there. Raises `StorageError`. */
async function planNotice(destinationId: string, tools: NoticeTools): Promise<NoticePlan> {
  const { clock, destinations, follows, ledger } = tools;
  const now = clock.now();
  const followed = await follows.of(destinationId, now);
  const [first] = followed;
  if (first === undefined) return 'nothing';
  const news = await findNews(destinationId, followed, tools);
  if (news.length === 0) return 'nothing';
  const destination = await destinations.get(destinationId);
  const [latest] = await ledger.latestOf(destinationId, 1, now);
  if (destination?.pausedAt !== undefined || isRejected(latest, now)) return 'later';

  const id = createId(tools.random, 16);
  const stale = isUndelivered(latest) ? await findStale(destinationId, news, { ledger, now }) : [];
  // One without steps is done at once, and what it hides does not come again: the rest comes right after it.
  const told = stale.length > 0 ? [] : news;
  const steps = told.map((one, n) => planStep(tools.layOutNotice({ deliveryId: id, n, ...one }), n));
  const delivery: Delivery = {
    id,
    destinationId,
    place: first.place,
    kind: 'notice',
    slot: now,
    state: 'open',
    mention: 'none',
    hidden: stale,
    plannedAt: now,
    steps,
  };
  const planned = await writePlan(delivery, destination, {
    tools,
    decide: (present, still) => present?.pausedAt === undefined && isStillFollowed(delivery, still),
  });
  return planned ?? 'later';
}

/** What has come since a paper was followed, and was not told there. */
async function findNews(
  destinationId: string,
  followed: readonly PaperFollow[],
  { archive, ledger }: Pick<NoticeTools, 'archive' | 'ledger'>,
): Promise<readonly Omit<Notice, 'deliveryId' | 'n'>[]> {
  const news = followed.flatMap(({ paperId, known }) => {
    const paper = archive.paper(paperId);
    const events = paper === undefined ? [] : eventsOf(paper);
    const since = events.filter((one) => !known.includes(one));
    return since.map((event) => ({ paperId, event, key: noticeKey(paperId, event) }));
  });
  const told = await ledger.recordsOf(
    destinationId,
    news.map(({ key }) => key),
  );
  const untold = Map.groupBy(
    news.filter(({ key }) => !told.has(key)),
    ({ paperId }) => paperId,
  );
  return [...untold]
    .slice(0, PAPERS_EACH)
    .map(([paperId, ofPaper]) => ({ paperId, events: ofPaper.map(({ event }) => event) }));
}

/** The place let nobody in lately, or all was malformed: what is gone or closed is tried once a day. */
function isRejected(latest: Delivery | undefined, now: Instant): boolean {
  if (latest?.closedAt === undefined || latest.state !== 'rejected') return false;
  const since = now - latest.closedAt;
  const isGone = latest.steps.some(({ code }) => GONE_CODES.includes(code));
  const rest = ASKED_EVERY_MS[isGone || latest.place.kind === 'dm' ? 'gone' : 'blocked'];
  return since < rest - MINUTE_MS;
}

function isUndelivered(latest: Delivery | undefined): boolean {
  return latest?.state === 'rejected' || latest?.state === 'expired';
}

/** The keys of what was tried there for two weeks, from the first try to the last: time without a try does not count. */
async function findStale(
  destinationId: string,
  news: readonly Omit<Notice, 'deliveryId' | 'n'>[],
  { ledger, now }: Pick<NoticeTools, 'ledger'> & { readonly now: Instant },
): Promise<readonly string[]> {
  const latest = await ledger.latestOf(destinationId, LOOKED_BACK, now);
  const notices = latest.filter(({ kind }) => kind === 'notice');
  const keys = news.flatMap(({ paperId, events }) => events.map((event) => noticeKey(paperId, event)));
  return keys.filter((key) => {
    const tries = notices.filter(({ steps }) => steps.some(({ papers }) => papers.includes(key)));
    const at = tries.map(({ plannedAt }) => plannedAt);
    return Math.max(...at) - Math.min(...at) >= TRIED_FOR_MS;
  });
}

/** Whether every paper of a notice is followed at its destination. */
function isStillFollowed({ steps }: Delivery, followed: readonly PaperFollow[]): boolean {
  const ids = new Set(followed.map(({ paperId }) => paperId));
  return steps.every(({ papers }) => papers.every((key) => ids.has(parseNoticeKey(key)?.paperId ?? '')));
}
