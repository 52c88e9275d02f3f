import type { Clock } from '../../calendar/clock.ts';
import { giveUp } from '../../delivery/step-changes.ts';
import { parseNoticeKey } from '../../digest/notices/notice-key.ts';
import type { FollowStore, PaperFollow } from '../../subscriptions/follow-paper.ts';
import { buildDelivery, findOpen, updateDelivery } from './delivery-rows.ts';
import type { RowLog } from './row-log.ts';
import { readFollow } from './schema.ts';
import { type Database, type LedgerTransaction, locksRows } from './database/tables.ts';
import { access, decideWith, transact } from './database/transact.ts';

/** Papers of one statement: databases bound the number of parameters. */
const PAPERS_AT_ONCE = 200;

export function createSqlFollowStore(db: Database, clock: Clock, rows: RowLog): FollowStore {
  return {
    of: (destinationId, now) =>
      access(async () => {
        const followed = await findFollows(db, destinationId, rows);
        return followed.filter(({ until }) => until > now);
      }),

    papers: (now) =>
      access(async () => {
        const followed = db.selectFrom('follows').select('paper_id').distinct().where('until', '>', now);
        return (await followed.orderBy('paper_id').execute()).map(({ paper_id: id }) => id);
      }),

    followersOf: (paperIds, now) =>
      access(async () => {
        const found = new Set<string>();
        for (let start = 0; start < paperIds.length; start += PAPERS_AT_ONCE) {
          const some = paperIds.slice(start, start + PAPERS_AT_ONCE);
          const followers = db.selectFrom('follows').select('destination_id').distinct();
          const living = followers.where('paper_id', 'in', some).where('until', '>', now);
          for (const { destination_id: id } of await living.execute()) found.add(id);
        }
        return [...found].toSorted((a, b) => (a < b ? -1 : 1));
      }),

    change: (destinationId, decide) =>
      transact(db, async (transaction) => {
        const before = await findFollows(transaction, destinationId, rows);
        const after = decideWith(() => decide(before));
        const ended = before.filter((one) => !after.includes(one)).map(({ paperId }) => paperId);
        await removeFollows(transaction, destinationId, after.length === 0 ? 'all' : ended);
        await insertFollows(
          transaction,
          after.filter((one) => !before.includes(one)),
        );
        if (ended.length > 0) await giveUpNotice(transaction, destinationId, ended);
      }),
  };

  /** Whoever ends it hears nothing more of it. */
  async function giveUpNotice(
    transaction: LedgerTransaction,
    destinationId: string,
    ended: readonly string[],
  ): Promise<void> {
    const open = await findOpen(transaction, destinationId);
    const delivery = open && buildDelivery(open, rows);
    const told = delivery?.kind === 'notice' ? delivery.steps.flatMap(({ papers }) => papers) : [];
    const isAbout = told.some((key) => ended.includes(parseNoticeKey(key)?.paperId ?? ''));
    if (delivery !== undefined && isAbout) {
      await updateDelivery(transaction, giveUp(delivery, 'unfollowed', clock.now()));
    }
  }
}

/** Those of a destination, the oldest first; in a transaction they stay as they are until the end of that. */
export async function findFollows(
  db: Database,
  destinationId: string,
  rows: RowLog,
): Promise<readonly PaperFollow[]> {
  const found = await db
    .selectFrom('follows')
    .select(['paper_id', 'document'])
    .where('destination_id', '=', destinationId)
    .orderBy('followed_at')
    .orderBy('paper_id')
    .$if(db.isTransaction && locksRows(db), (query) => query.forUpdate())
    .execute();
  return found.flatMap(({ paper_id: paperId, document }) => {
    const follow = readFollow(document);
    if (follow === undefined) rows.unreadable('follows', `${destinationId}:${paperId}`);
    return follow ?? [];
  });
}

/** All of them: also what cannot be read. */
async function removeFollows(
  transaction: LedgerTransaction,
  destinationId: string,
  paperIds: readonly string[] | 'all',
): Promise<void> {
  if (paperIds.length === 0) return;
  const own = transaction.deleteFrom('follows').where('destination_id', '=', destinationId);
  await (paperIds === 'all' ? own : own.where('paper_id', 'in', [...paperIds])).execute();
}

async function insertFollows(transaction: LedgerTransaction, follows: readonly PaperFollow[]): Promise<void> {
  const inserted = follows.map((follow) => ({
    destination_id: follow.destinationId,
    paper_id: follow.paperId,
    followed_at: follow.followedAt,
    until: follow.until,
    document: JSON.stringify(follow),
  }));
  if (inserted.length > 0) await transaction.insertInto('follows').values(inserted).execute();
}
