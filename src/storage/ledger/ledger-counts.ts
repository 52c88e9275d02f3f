import { sql } from 'kysely';
import type { Instant } from '../../calendar/zoned-time.ts';
import type { Database } from './database/tables.ts';
import { access } from './database/transact.ts';

export interface LedgerCounts {
  readonly destinations: number;
  readonly openDeliveries: number;
  /** Of open deliveries. */
  readonly uncertainSteps: number;
  /** The oldest slot that has come and is not decided, of places that are there and people who take direct messages. */
  readonly oldestDue?: Instant;
}

const UNCERTAIN = '"status":"uncertain"';
/** How often a text holds another one, in both dialects. */
const TIMES = sql<number>`(length(document) - length(replace(document, ${UNCERTAIN}, ''))) / ${sql.lit(UNCERTAIN.length)}`;

/** Each by an index: it may be asked for often. Raises `StorageError`. */
export async function countLedger(db: Database, now: Instant): Promise<LedgerCounts> {
  return await access(async () => {
    const { destinations } = await db
      .selectFrom('destinations')
      .select(({ fn }) => fn.countAll<number>().as('destinations'))
      .executeTakeFirstOrThrow();
    const due = await db
      .selectFrom('destinations')
      .select(({ fn }) => fn.min('next_slot').as('slot'))
      .where('paused_at', 'is', null)
      .where('next_slot', '<=', now)
      .where((row) => row.or([row('trouble_kind', 'is', null), row('trouble_kind', '=', 'blocked')]))
      .executeTakeFirst();
    const open = await db
      .selectFrom('deliveries')
      .select(({ fn }) => [fn.countAll<number>().as('count'), fn.sum<number | null>(TIMES).as('uncertain')])
      .where('state', '=', 'open')
      .executeTakeFirstOrThrow();
    return {
      destinations,
      openDeliveries: open.count,
      uncertainSteps: open.uncertain ?? 0,
      ...(typeof due?.slot === 'number' ? { oldestDue: due.slot } : {}),
    };
  });
}
