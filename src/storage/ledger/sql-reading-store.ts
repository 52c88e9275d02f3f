import { sql } from 'kysely';
import type { Clock } from '../../calendar/clock.ts';
import { FURTHEST_MS, wakeAt } from '../../reading/meeting.ts';
import type { ReadingStore } from '../../reading/reading-store.ts';
import { type GroupChange, type GroupState, isClosed, type Meeting } from '../../reading/reading-group.ts';
import { buildDelivery, openDelivery } from './delivery-rows.ts';
import { readGroup, readMeeting } from './reading-schema.ts';
import type { RowLog } from './row-log.ts';
import { createSqlLeftServers } from './sql-left-servers.ts';
import { type Database, type LedgerTransaction, locksRows } from './database/tables.ts';
import { access, decideWith, transact } from './database/transact.ts';

interface MeetingRow {
  readonly id: string;
  readonly presenter_id: string | null;
  readonly document: string;
}

export function createSqlReadingStore(db: Database, clock: Clock, rows: RowLog): ReadingStore {
  async function find(on: Database, guildId: string): Promise<GroupState> {
    const group = await findGroup(on, guildId);
    const meeting = await findOpenMeeting(on, guildId);
    const nominated = on.selectFrom('nominations').selectAll().where('guild_id', '=', guildId);
    const nominations = await nominated.orderBy('nominated_at').orderBy('paper_id').execute();
    const turns = on.selectFrom('presenters').select('user_id').where('guild_id', '=', guildId);
    return {
      group,
      meeting,
      nominations: nominations.map(({ paper_id: paperId, nominated_at: nominatedAt, user_id: userId }) => ({
        paperId,
        nominatedAt,
        ...(userId === null ? {} : { userId }),
      })),
      presenters: (await turns.orderBy('turn').execute()).map(({ user_id: id }) => id),
      votes: await countVotes(on, meeting?.id ?? ''),
      delivery: await findDelivery(on, meeting?.pending?.deliveryId),
    };
  }

  async function findGroup(on: Database, guildId: string): Promise<GroupState['group']> {
    const row = await on
      .selectFrom('reading_groups')
      .select('document')
      .where('guild_id', '=', guildId)
      .$if(on.isTransaction && locksRows(on), (query) => query.forUpdate())
      .executeTakeFirst();
    const group = row && readGroup(row.document);
    if (row !== undefined && group === undefined) rows.unreadable('reading_groups', guildId);
    return group;
  }

  async function findOpenMeeting(on: Database, guildId: string): Promise<Meeting | undefined> {
    const row = await on
      .selectFrom('meetings')
      .select(['id', 'presenter_id', 'document'])
      .where('guild_id', '=', guildId)
      .where('is_open', '=', 1)
      .executeTakeFirst();
    return row && buildMeeting(row);
  }

  function buildMeeting({ id, presenter_id: presenterId, document }: MeetingRow): Meeting | undefined {
    const meeting = readMeeting(document);
    if (meeting === undefined) rows.unreadable('meetings', id);
    return meeting && { ...meeting, ...(presenterId === null ? {} : { presenterId }) };
  }

  async function findDelivery(on: Database, id: string | undefined): Promise<GroupState['delivery']> {
    if (id === undefined) return undefined;
    const found = on.selectFrom('deliveries').select(['id', 'document']).where('id', '=', id);
    const row = await found.executeTakeFirst();
    return row && buildDelivery(row, rows);
  }

  async function writeMeeting(transaction: LedgerTransaction, meeting: Meeting): Promise<void> {
    const { presenterId, ...document } = meeting;
    const row = {
      is_open: Number(!isClosed(meeting)),
      wake_at: meeting.endedAt ?? wakeAt(meeting, clock.now()),
      presenter_id: presenterId ?? null,
      document: JSON.stringify(document),
    };
    const { id, guildId: guild_id, createdAt: created_at } = meeting;
    await transaction
      .insertInto('meetings')
      .values({ id, guild_id, created_at, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  }

  async function write(
    transaction: LedgerTransaction,
    guildId: string,
    change: GroupChange,
  ): Promise<boolean> {
    const { group, meeting, next, delivery, settled, presenters } = change;
    if (delivery !== undefined && !(await openDelivery(transaction, delivery, rows))) return false;
    if (group !== undefined) {
      const document = JSON.stringify(group);
      await transaction
        .insertInto('reading_groups')
        .values({ guild_id: guildId, document })
        .onConflict((conflict) => conflict.column('guild_id').doUpdateSet({ document }))
        .execute();
    }
    if (meeting !== undefined) {
      await writeMeeting(transaction, meeting);
      if (isClosed(meeting) || meeting.state === 'chosen')
        await transaction.deleteFrom('meeting_votes').where('meeting_id', '=', meeting.id).execute();
    }
    if (next !== undefined) await writeMeeting(transaction, next);
    if (settled !== undefined) {
      const own = transaction.deleteFrom('nominations').where('guild_id', '=', guildId);
      await own.where('paper_id', '=', settled).execute();
    }
    if (presenters !== undefined) await writePresenters(transaction, guildId, presenters);
    return true;
  }

  return {
    get: (guildId) => access(() => find(db, guildId)),

    due: (now) =>
      access(async () => {
        const open = db.selectFrom('meetings').select(['guild_id', 'id']).where('is_open', '=', 1);
        const due = open.where((row) =>
          row.or([row('wake_at', '<=', now), row('wake_at', '>', now + FURTHEST_MS)]),
        );
        const found = await due.orderBy('wake_at').execute();
        return found.filter(({ id }) => !rows.isUnreadable('meetings', id)).map(({ guild_id: id }) => id);
      }),

    closedAfter: (instant) =>
      access(async () => {
        const closed = db
          .selectFrom('meetings')
          .select(['id', 'presenter_id', 'document'])
          .where('is_open', '=', 0)
          .where('wake_at', '>', instant);
        return (await closed.orderBy('wake_at', 'desc').execute()).flatMap((row) => buildMeeting(row) ?? []);
      }),

    change: (guildId, decide) =>
      transact(db, async (transaction) => {
        const present = await find(transaction, guildId);
        const change = decideWith(() => decide(present));
        if (change === undefined || !(await write(transaction, guildId, change))) return undefined;
        return await find(transaction, guildId);
      }),

    nominate: (guildId, { paperId, nominatedAt, userId }, limit) =>
      transact(db, async (transaction) => {
        const meeting = await findOpenMeeting(transaction, guildId);
        if (meeting?.choice?.paperId === paperId) return 'chosen';
        const own = transaction.selectFrom('nominations').select('paper_id').where('guild_id', '=', guildId);
        const nominated = await own.execute();
        if (nominated.some(({ paper_id: id }) => id === paperId)) return 'present';
        if (nominated.length >= limit) return 'full';
        const row = { guild_id: guildId, paper_id: paperId, nominated_at: nominatedAt, user_id: userId };
        await transaction.insertInto('nominations').values(row).execute();
        return 'added';
      }),

    withdraw: (guildId, paperId) =>
      access(async () => {
        const own = db.deleteFrom('nominations').where('guild_id', '=', guildId);
        await own.where('paper_id', '=', paperId).execute();
      }),

    vote: ({ meetingId, userId, paperId }) =>
      access(async () => {
        await db
          .insertInto('meeting_votes')
          .values({ meeting_id: meetingId, user_id: userId, paper_id: paperId })
          .onConflict((conflict) =>
            conflict.columns(['meeting_id', 'user_id']).doUpdateSet({ paper_id: paperId }),
          )
          .execute();
      }),

    history: (guildId, most) =>
      access(async () => {
        const closed = db
          .selectFrom('meetings')
          .select(['id', 'presenter_id', 'document'])
          .where('is_open', '=', 0);
        const latest = closed.where('guild_id', '=', guildId).orderBy('created_at', 'desc').orderBy('id');
        const read = (await latest.execute()).flatMap((row) => buildMeeting(row) ?? []);
        return read.filter(({ announced }) => announced !== undefined).slice(0, most);
      }),

    ...createSqlLeftServers(db),

    of: (userId) =>
      access(async () => {
        const nominated = db.selectFrom('nominations').selectAll().where('user_id', '=', userId);
        const votes = db.selectFrom('meeting_votes').selectAll().where('user_id', '=', userId);
        const turns = db.selectFrom('presenters').select('guild_id').distinct().where('user_id', '=', userId);
        const presented = db.selectFrom('meetings').select('id').where('presenter_id', '=', userId);
        return {
          nominated: (await nominated.execute()).map((row) => ({
            guildId: row.guild_id,
            paperId: row.paper_id,
          })),
          votes: (await votes.execute()).map((row) => ({ meetingId: row.meeting_id, paperId: row.paper_id })),
          presentsIn: (await turns.execute()).map(({ guild_id: id }) => id),
          presented: (await presented.execute()).map(({ id }) => id),
        };
      }),

    removeOf: (userId) => transact(db, (transaction) => forgetPerson(transaction, userId)),
  };
}

async function countVotes(on: Database, meetingId: string): Promise<ReadonlyMap<string, number>> {
  const votes = on.selectFrom('meeting_votes').where('meeting_id', '=', meetingId);
  const counted = votes.groupBy('paper_id').select(['paper_id', ({ fn }) => fn.countAll().as('votes')]);
  return new Map((await counted.execute()).map((row) => [row.paper_id, Number(row.votes)]));
}

async function writePresenters(
  transaction: LedgerTransaction,
  guildId: string,
  presenters: readonly string[],
): Promise<void> {
  await transaction.deleteFrom('presenters').where('guild_id', '=', guildId).execute();
  const inserted = presenters.map((userId, turn) => ({ guild_id: guildId, turn, user_id: userId }));
  if (inserted.length > 0) await transaction.insertInto('presenters').values(inserted).execute();
}

/** A message that is about to be sent names them no more, either. */
async function forgetPerson(transaction: LedgerTransaction, userId: string): Promise<void> {
  await transaction.updateTable('nominations').set({ user_id: null }).where('user_id', '=', userId).execute();
  await transaction.deleteFrom('meeting_votes').where('user_id', '=', userId).execute();
  await transaction.deleteFrom('presenters').where('user_id', '=', userId).execute();
  const presented = transaction.updateTable('meetings').set({ presenter_id: null });
  await presented.where('presenter_id', '=', userId).execute();
  const named = `"presenterId":"${userId}"`;
  await sql`
    UPDATE deliveries SET document = replace(document, ${named}, '"presenterId":""')
    WHERE state = 'open' AND document LIKE ${`%${named}%`}`.execute(transaction);
}
