import type { Clock, Random } from '../../calendar/clock.ts';
import { type Instant, MINUTE_MS } from '../../calendar/zoned-time.ts';
import { type Delivery, GONE_CODES, type PlannedStep, planStep } from '../../delivery/delivery.ts';
import type { DeliveryLedger } from '../../delivery/delivery-ledger.ts';
import { ASKED_EVERY_MS } from '../../delivery/destination-after.ts';
import type { PaperArchive } from '../../papers/paper-archive.ts';
import { eventsOf, type PaperEvent } from '../../papers/paper-event.ts';
import type { DestinationStore } from '../../subscriptions/destination-store.ts';
import type { FollowStore, PaperFollow } from '../../subscriptions/follow-paper.ts';
import { createId } from '../../subscriptions/subscription.ts';
import type { Planned, PlanDueTools } from '../plan-due.ts';
import { writePlan } from '../plan-due.ts';
import { noticeKey, parseNoticeKey } from './notice-key.ts';

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
const PAPERS_AT_ONCE = 10;

/** `later`: there may be something to tell, and not at present. */
export type NoticePlan = Planned | 'nothing' | 'later';

/** Plans what is to be told at a destination of the papers that are followed there. Raises `StorageError`. */
export async function planNotice(destinationId: string, tools: NoticeTools): Promise<NoticePlan> {
  const { clock, destinations, follows, ledger } = tools;
  const now = clock.now();
  const followed = await follows.of(destinationId, now);
  const [first] = followed;
  if (first === undefined) return 'nothing';
  const news = await findNews(destinationId, followed, tools);
  if (news.length === 0) return 'nothing';
  const destination = await destinations.get(destinationId);
  const [latest] = await ledger.latestOf(destinationId, 1);
  if (destination?.pausedAt !== undefined || isRejected(latest, now)) return 'later';

  const id = createId(tools.random, 16);
  const steps = news.map((one, n) => planStep(tools.layOutNotice({ deliveryId: id, n, ...one }), n));
  const delivery: Delivery = {
    id,
    destinationId,
    place: first.place,
    kind: 'notice',
    slot: now,
    state: 'open',
    mention: 'none',
    hidden: [],
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
    .slice(0, PAPERS_AT_ONCE)
    .map(([paperId, ofPaper]) => ({ paperId, events: ofPaper.map(({ event }) => event) }));
}

/** The place let nobody in lately, or all was malformed: what is gone or closed is tried once a day. */
function isRejected(latest: Delivery | undefined, now: Instant): boolean {
  if (latest?.closedAt === undefined || latest.state !== 'rejected') return false;
  const since = now - latest.closedAt;
  const isGone = latest.steps.some(({ code }) => GONE_CODES.includes(code));
  const rest = ASKED_EVERY_MS[isGone || latest.place.kind === 'dm' ? 'gone' : 'blocked'];
  return since >= 0 && since < rest - MINUTE_MS;
}

/** Whether every paper of a notice is followed at its destination. */
function isStillFollowed({ steps }: Delivery, followed: readonly PaperFollow[]): boolean {
  const ids = new Set(followed.map(({ paperId }) => paperId));
  return steps.every(({ papers }) => papers.every((key) => ids.has(parseNoticeKey(key)?.paperId ?? '')));
}
