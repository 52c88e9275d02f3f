import { GuildScheduledEventStatus, PermissionFlagsBits, type REST, Routes } from 'discord.js';
import type { ReadingTransport } from '../../reading/reading-rounds.ts';
import { lastingCode } from '../rest/classify-error.ts';
import { asEdit } from '../rest/pace-requests.ts';
import { fetchOwnRights } from '../rights/fetch-rights.ts';
import { isAdministrator } from '../rights/permissions.ts';
import { Created, PollMessage, ScheduledEvent } from './schema.ts';

const COMPLETED: number = GuildScheduledEventStatus.Completed;
const CANCELED: number = GuildScheduledEventStatus.Canceled;
const UNKNOWN_MESSAGE = 10_008;
const UNKNOWN_EVENT = 10_070;
/** Unknown channel, missing access. */
const OUT_OF_SIGHT: readonly unknown[] = [10_003, 50_001];

/** Unknown guild, missing access. */
const LEFT: readonly unknown[] = [10_004, 50_001];

/** Looks for polls, events, servers and rights. What cannot be told now is `unanswered`, or undefined. */
export function createReadingTransport(rest: REST): ReadingTransport {
  let ownId: string | undefined;

  async function ask<T>(
    request: () => Promise<T>,
    goneCode: number,
  ): Promise<T | { kind: 'deleted' | 'unanswered' }> {
    try {
      return await request();
    } catch (error) {
      return { kind: lastingCode(error) === goneCode ? 'deleted' : 'unanswered' };
    }
  }

  return {
    readPoll: (channelId, messageId) =>
      ask(async () => {
        const { poll } = PollMessage.parse(await rest.get(Routes.channelMessage(channelId, messageId)));
        const { answers, expiry, results } = poll;
        const counts = new Map(results?.answer_counts.map(({ id, count }) => [id, count]));
        return {
          kind: 'there' as const,
          closesAt: expiry === undefined || expiry === null ? undefined : Date.parse(expiry),
          isFinal: results?.is_finalized ?? false,
          // A count that is missing is none; without results nothing is known.
          votes: results ? answers.map(({ answer_id: id }) => counts.get(id) ?? 0) : undefined,
        };
      }, UNKNOWN_MESSAGE),

    async endPoll(channelId, messageId) {
      try {
        await rest.post(Routes.expirePoll(channelId, messageId));
      } catch (error) {
        // It was deleted, has ended or is out of sight: a look tells.
        if (lastingCode(error) === undefined) throw error;
      }
    },

    readEvent: (guildId, eventId) =>
      ask(async () => {
        const event = ScheduledEvent.parse(await rest.get(Routes.guildScheduledEvent(guildId, eventId)));
        if (event.status === CANCELED) return { kind: 'deleted' as const };
        const isOver = event.status === COMPLETED;
        return { kind: 'there' as const, startsAt: Date.parse(event.scheduled_start_time), isOver };
      }, UNKNOWN_EVENT),

    async findServer(guildId) {
      try {
        await asEdit(() => rest.get(Routes.guild(guildId)));
        return 'there';
      } catch (error) {
        return LEFT.includes(lastingCode(error)) ? 'gone' : 'unanswered';
      }
    },

    async lackedRights(channelId, needed) {
      try {
        ownId ??= Created.parse(await rest.get(Routes.user())).id;
        const held = await fetchOwnRights(rest, channelId, ownId);
        if (isAdministrator(held)) return [];
        return needed.filter((permission) => (held & PermissionFlagsBits[permission]) === 0n);
      } catch (error) {
        return OUT_OF_SIGHT.includes(lastingCode(error)) ? ['ViewChannel'] : undefined;
      }
    },
  };
}
