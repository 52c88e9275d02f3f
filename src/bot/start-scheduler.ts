import PQueue from 'p-queue';
import type { Logger } from 'pino';
import type { Clock, Random } from '../calendar/clock.ts';
import type { DeliveryTransport } from '../delivery/delivery-transport.ts';
import type { GatherRoundup } from '../digest/roundups/gather-roundup.ts';
import { createScheduler, type Lane, type Scheduler } from '../digest/scheduler.ts';
import { layOutAnnouncement } from '../discord/digests/announcement.ts';
import { layOutAlone, layOutDigest } from '../discord/digests/lay-out-digest.ts';
import { layOutNotice } from '../discord/digests/render-notice.ts';
import { layOutRoundup } from '../discord/digests/render-roundup.ts';
import { renderStep } from '../discord/digests/render-step.ts';
import type { MatchForYou } from '../for-you/match-for-you.ts';
import type { SqliteArchive } from '../storage/archive/sqlite-paper-archive.ts';
import type { Ledger } from '../storage/ledger/open-ledger.ts';

interface SchedulerParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly ledger: Ledger;
  readonly opened: SqliteArchive;
  readonly transport: DeliveryTransport;
  readonly matchForYou: MatchForYou;
  readonly gatherRoundup: GatherRoundup;
  readonly onFatal: (message: string) => void;
  readonly othersUntil: () => number;
}

/** How many deliveries are sent at a time: enough that sending never waits for a plan. */
const CONCURRENCY = { channel: 32, dm: 8 } as const;

export function startScheduler(parts: SchedulerParts): Scheduler {
  const { ledger, opened, logger, ...rest } = parts;
  const { archive, matchTopics } = opened;
  return createScheduler({
    ...rest,
    archive,
    matchTopics,
    destinations: ledger.destinations,
    ledger: ledger.deliveries,
    follows: ledger.follows,
    layOut: (digest) => layOutDigest(digest),
    layOutAnnouncement,
    layOutNotice,
    layOutRoundup,
    layOutAlone,
    render: (step) => renderStep(step, archive.paper),
    lanes: { channel: openLane(CONCURRENCY.channel), dm: openLane(CONCURRENCY.dm) },
    log: logger,
  });
}

/** So many tasks at a time, in the order in which they came. */
export function openLane(concurrency: number): Lane {
  const queue = new PQueue({ concurrency });
  return (task) => queue.add(task);
}
