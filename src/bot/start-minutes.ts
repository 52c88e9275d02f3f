import type { PostRefresher } from '../digest/post-refresher.ts';
import type { Scheduler } from '../digest/scheduler.ts';
import type { Log } from '../log.ts';
import type { Collector } from '../papers/collector.ts';
import type { LinkRefresher } from '../papers/link-refresher.ts';
import type { ReadingRounds } from '../reading/reading-rounds.ts';
import type { Ledger } from '../storage/ledger/open-ledger.ts';

/** Whoever has something to do each minute. */
export interface MinuteParts {
  readonly ledger: Pick<Ledger, 'isInPlace' | 'purgeIfDue'>;
  readonly scheduler: Scheduler;
  readonly collector: Collector;
  readonly linkRefresher: LinkRefresher;
  readonly postRefresher: PostRefresher;
  readonly readingRounds: ReadingRounds;
  readonly startTicks: (onTick: () => void) => () => void;
  readonly log: Log;
}

export interface Minutes {
  /** Does what is due now. Never raises: what fails is in the log. */
  begin(): void;
  /** Does what is due in this minute; resolves when all of it has settled, sending too: for tests. */
  tick(): Promise<void>;
  /** Everything is done from now on. */
  lead(): void;
  /** No minute begins any more. */
  stop(): void;
  /** Finishes what the last ones began. */
  drain(): Promise<void>;
}

const LEDGER_IS_GONE =
  'the file of the ledger was removed or replaced: all that is written from now on is lost when the bot ends. Stop it, put a backup in place with "npm run restore -- FILE", and start it again';

/** Collects each minute, and once it leads sends what is due and refreshes what was sent. Begins with the present minute. */
export function startMinutes(parts: MinuteParts): Minutes {
  const { ledger, scheduler, collector, linkRefresher, postRefresher, readingRounds, startTicks, log } =
    parts;

  let leads = false;

  /** Does not wait for what the scheduler sends: minutes that wait for an open delivery would pile up. */
  async function run(): Promise<void> {
    if (!ledger.isInPlace()) log.error({}, LEDGER_IS_GONE);
    const collecting = collector.collectIfDue();
    if (!leads) {
      // Nothing else: a new ledger has no tables before somebody leads.
      await collecting;
      return;
    }
    const sending = collecting.then((ran) => (ran ? scheduler.runDue() : undefined));
    const asking = collecting.then(() => linkRefresher.refreshIfDue());
    // With what was just learnt.
    const refreshing = asking.then(() => postRefresher.refreshDue());
    await Promise.all([scheduler.runDue(), sending, refreshing, readingRounds.runDue(), ledger.purgeIfDue()]);
  }

  const begin = () => {
    run().catch((error: unknown) => log.error({ err: error }, 'a tick failed'));
  };
  begin();
  return {
    begin,
    async tick() {
      await run();
      await scheduler.ended();
    },
    lead() {
      leads = true;
      begin();
    },
    stop: startTicks(begin),
    async drain() {
      await Promise.all([
        scheduler.drain(),
        collector.stop(),
        linkRefresher.stop(),
        postRefresher.stop(),
        readingRounds.stop(),
      ]);
    },
  };
}
