import { sql } from 'kysely';
import type { Post, PostLedger } from '../../digest/post.ts';
import { type Database, type LedgerTransaction } from './database/tables.ts';
import { access, transact } from './database/transact.ts';
import type { RowLog } from './row-log.ts';
import { readPost } from './schema.ts';

export function createSqlPostLedger(db: Database, rows: RowLog): PostLedger {
  return {
    due: (now, limit) =>
      access(async () => {
        const due = db.selectFrom('posts').selectAll().where('refresh_at', '<=', now);
        const found = await due.orderBy('refresh_at').limit(limit).execute();
        return found.flatMap(({ delivery_id: deliveryId, n, document }) => {
          const post = readPost(document);
          if (post === undefined) rows.unreadable('posts', `${deliveryId}:${n}`);
          return post ?? [];
        });
      }),

    settle: (refreshed) =>
      transact(db, async (transaction) => {
        for (const { kind, post } of refreshed) {
          await (kind === 'kept' ? updatePost(transaction, post) : deletePost(transaction, post));
        }
      }),
  };
}

/** As text: building it takes Kysely longer than writing takes SQLite, and this is written with every message. */
export async function insertPosts(transaction: LedgerTransaction, posts: readonly Post[]): Promise<void> {
  for (const post of posts) {
    const { deliveryId, n, refreshAt } = post;
    await sql`INSERT INTO posts (delivery_id, n, refresh_at, document)
      VALUES (${deliveryId}, ${n}, ${refreshAt}, ${JSON.stringify(post)})`.execute(transaction);
  }
}

/** Of a destination that is removed. */
export async function deletePostsOf(transaction: LedgerTransaction, destinationId: string): Promise<void> {
  const own = transaction.selectFrom('deliveries').select('id').where('destination_id', '=', destinationId);
  await transaction.deleteFrom('posts').where('delivery_id', 'in', own).execute();
}

async function updatePost(transaction: LedgerTransaction, post: Post): Promise<void> {
  const { deliveryId, n, refreshAt } = post;
  await sql`UPDATE posts SET refresh_at = ${refreshAt}, document = ${JSON.stringify(post)}
    WHERE delivery_id = ${deliveryId} AND n = ${n}`.execute(transaction);
}

async function deletePost(transaction: LedgerTransaction, { deliveryId, n }: Post): Promise<void> {
  const own = transaction.deleteFrom('posts').where('delivery_id', '=', deliveryId);
  await own.where('n', '=', n).execute();
}
