import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Clock, hasPassed, type Moment, momentOf } from '../../calendar/clock.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../calendar/zoned-time.ts';
import type { LedgerLog } from './row-log.ts';
import type { Database } from './database/tables.ts';

/** How long closed deliveries are kept. */
const DELIVERIES_MS = 30 * DAY_MS;
/** A post that is due longer cannot be read; one that is due later was written by a wrong clock. */
const POSTS_MS = 4 * DAY_MS;
/** Beyond the deliveries, so that a paper is remembered longer than anything that could bring it again. */
const RECORDS_MS = 365 * DAY_MS + DELIVERIES_MS;
/**
 * How far what counts as now moves on from one purge to the next, at most: a clock that is wrong by a year deletes
 * nothing at once. More than a day, so that it catches up after the bot was off.
 */
const ADVANCE_MS = 2 * DAY_MS;
/** After one that failed. */
const RETRY_MS = HOUR_MS;
const COUNTED = { namespace: 'purge', key: 'counted-to' };
/** Rows of one statement: what waits for the database waits for one of them at most. */
const ROWS_AT_ONCE = 200;

export interface Purge {
  /** Deletes, once a day, what is too old to matter; never rejects. */
  purgeIfDue(): Promise<void>;
  /** Ends the one under way. */
  stop(): Promise<void>;
}

interface Present {
  /** What counts as now. */
  readonly now: Instant;
  /** What counted as now at the last purge. */
  readonly last: Instant;
  /** The later of `last` and the machine's clock, which may be behind. */
  readonly latest: Instant;
}

export function createPurge(db: Database, clock: Clock, log: LedgerLog): Purge {
  let started: Moment | undefined;
  let waitMs = DAY_MS;
  let running: Promise<void> | undefined;
  let isStopped = false;

  async function purge(wall: Instant): Promise<void> {
    const present = await readPresent(db, wall);
    for (const remove of deletionsOf(db, present)) {
      for (;;) {
        if (isStopped) return;
        const removed = await remove();
        if (removed < ROWS_AT_ONCE) break;
        await nextTurn();
      }
    }
    // Last, so that tries that fail do not move it on.
    await countTo(db, Math.max(present.now, present.last));
  }

  return {
    async purgeIfDue() {
      if (started !== undefined && !hasPassed(waitMs, started, clock)) return;
      started = momentOf(clock);
      waitMs = DAY_MS;
      running = purge(started.wall).catch((err: unknown) => {
        waitMs = RETRY_MS;
        log.error({ err }, 'the ledger could not be purged');
      });
      await running;
    },
    async stop() {
      isStopped = true;
      await running;
    },
  };
}

/** What counted as now last is written down: it holds over restarts. */
async function readPresent(db: Database, wall: Instant): Promise<Present> {
  const own = db.selectFrom('key_values').select('value').where('namespace', '=', COUNTED.namespace);
  const written = Number((await own.where('key', '=', COUNTED.key).executeTakeFirst())?.value ?? wall);
  const last = Number.isFinite(written) ? written : wall;
  return { now: Math.min(wall, last + ADVANCE_MS), last, latest: Math.max(wall, last) };
}

async function countTo(db: Database, now: Instant): Promise<void> {
  const value = `${now}`;
  await db
    .insertInto('key_values')
    .values({ ...COUNTED, value, expires_at: null })
    .onConflict((conflict) => conflict.columns(['namespace', 'key']).doUpdateSet({ value }))
    .execute();
}

/** Each deletes some rows, and resolves to how many. */
function deletionsOf(db: Database, { now, latest }: Present): readonly (() => Promise<number>)[] {
  return [
    async () => {
      const closed = db.selectFrom('deliveries').select('id').where('state', '!=', 'open');
      const old = closed.where('closed_at', '<', now - DELIVERIES_MS).limit(ROWS_AT_ONCE);
      return count(await db.deleteFrom('deliveries').where('id', 'in', old).executeTakeFirst());
    },
    async () => {
      const posts = db.selectFrom('posts').select(['delivery_id', 'n']);
      const lost = posts
        .where((row) =>
          row.or([row('refresh_at', '<', now - POSTS_MS), row('refresh_at', '>', latest + POSTS_MS)]),
        )
        .limit(ROWS_AT_ONCE);
      const among = db
        .deleteFrom('posts')
        .where(({ eb, refTuple }) =>
          eb(refTuple('delivery_id', 'n'), 'in', lost.$asTuple('delivery_id', 'n')),
        );
      return count(await among.executeTakeFirst());
    },
    async () => {
      const records = db.selectFrom('records').select(['destination_id', 'paper_id']);
      const old = records.where('at', '<', now - RECORDS_MS).limit(ROWS_AT_ONCE);
      const among = db
        .deleteFrom('records')
        .where(({ eb, refTuple }) =>
          eb(refTuple('destination_id', 'paper_id'), 'in', old.$asTuple('destination_id', 'paper_id')),
        );
      return count(await among.executeTakeFirst());
    },
    async () => {
      const follows = db.selectFrom('follows').select(['destination_id', 'paper_id']);
      const ended = follows.where('until', '<=', now).limit(ROWS_AT_ONCE);
      const among = db
        .deleteFrom('follows')
        .where(({ eb, refTuple }) =>
          eb(refTuple('destination_id', 'paper_id'), 'in', ended.$asTuple('destination_id', 'paper_id')),
        );
      return count(await among.executeTakeFirst());
    },
    async () => {
      const values = db.selectFrom('key_values').select(['namespace', 'key']);
      const old = values.where('expires_at', '<=', now).limit(ROWS_AT_ONCE);
      const among = db
        .deleteFrom('key_values')
        .where(({ eb, refTuple }) =>
          eb(refTuple('namespace', 'key'), 'in', old.$asTuple('namespace', 'key')),
        );
      return count(await among.executeTakeFirst());
    },
  ];
}

function count({ numDeletedRows }: { readonly numDeletedRows: bigint }): number {
  return Number(numDeletedRows);
}
