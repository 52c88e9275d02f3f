import type { GatewayWatch } from '../discord/gateway/gateway-watch.ts';
import type { Log } from '../log.ts';
import type { SqliteArchive } from '../storage/archive/sqlite-paper-archive.ts';
import { isAway } from '../storage/ledger/database/is-away.ts';
import type { SharedDatabase } from '../storage/ledger/database/postgres.ts';
import type { Ledger } from '../storage/ledger/open-ledger.ts';
import { systemClock } from '../system-clock.ts';
import type { Leadership } from './leadership.ts';
import type { Minutes } from './start-minutes.ts';

export interface WaitParts {
  readonly shared: SharedDatabase;
  readonly ledger: Pick<Ledger, 'migrate'>;
  readonly opened: Pick<SqliteArchive, 'countForDigests'>;
  readonly watch: Pick<GatewayWatch, 'figures'>;
  readonly minutes: Minutes;
  readonly log: Log;
  /** `othersMs`: for how long a request of the former leader may still leave. */
  readonly onTaken: (othersMs: number) => void;
  /** Registers the commands, as soon as Discord can be reached. */
  readonly register: () => void;
  /** This process is over and has to end. */
  readonly onOver: (message: string) => void;
}

/** The former leader's last requests still count towards Discord's limits, and the limiter lets a few of ours leave at once. */
const AFTER_OTHERS_MS = 100;
const RETRY_MS = 1_000;

/** Stands by; once it leads, it sends whether the gateway can be reached or not. */
export async function waitToLead(parts: WaitParts): Promise<Leadership> {
  const { shared, opened, watch, minutes, log } = parts;
  // The query thread starts with the first query. A take-over has no time for that.
  opened
    .countForDigests([], {})
    .catch((err: unknown) => log.error({ err }, 'the archive cannot be searched'));
  // A bot on SQLite never loads it.
  const { startLeadership } = await import('./leadership.ts');
  return startLeadership({
    lease: shared.lease,
    fencedWrites: shared.fencedWrites,
    clock: systemClock,
    log,
    isCutOff: () => watch.figures().shardsReady === 0,
    async onLead(othersMs) {
      parts.onTaken(othersMs);
      await Promise.all([bringUpToDate(parts), systemClock.sleep(AFTER_OTHERS_MS)]);
      minutes.lead();
      parts.register();
    },
    onResumed: minutes.begin,
    onOver: parts.onOver,
  });
}

/** A database that goes away at this moment is waited for, as long as this process has the lease. */
async function bringUpToDate({ ledger, shared, log }: WaitParts): Promise<void> {
  for (;;) {
    try {
      return await ledger.migrate();
    } catch (error) {
      if (!isAway(error) || shared.lease.token === undefined) throw error;
      log.error({ err: error }, 'the tables cannot be brought up to date, trying again');
      await systemClock.sleep(RETRY_MS);
    }
  }
}
