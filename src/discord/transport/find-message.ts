import { type REST, Routes, SnowflakeUtil } from 'discord.js';
import { ChannelState, PostedMessages } from './schema.ts';
import type { Found, Traces } from './traces.ts';

const PAGE = 100;
/** So many messages within one look-up mean that it cannot keep up with the people who write there. */
const PAGES = 200;

/** Reads from the newest message back until it passes the attempt, however many people wrote meanwhile. */
export async function findMessage(rest: REST, { delivery, since, isOfStep }: Traces): Promise<Found> {
  const { channelId } = delivery.place;
  let before: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const messages = await listMessages(rest, channelId, { limit: String(PAGE), ...(before && { before }) });
    const found = messages.find(isOfStep);
    if (found !== undefined) return { kind: 'found', messageId: found.id };
    if (messages.length === 0 && page === 0) return judgeEmptyList(rest, channelId, since);
    before = messages.reduce<string | undefined>(olderId, before);
    if (messages.length < PAGE || before === undefined || timeOf(before) < since) return { kind: 'absent' };
  }
  return { kind: 'unanswered' };
}

/** Without Read Message History the list is always empty, which proves nothing. */
async function judgeEmptyList(rest: REST, channelId: string, since: number): Promise<Found> {
  const { last_message_id: last } = ChannelState.parse(await rest.get(Routes.channel(channelId)));
  const isEmpty = last === undefined || last === null || timeOf(last) < since;
  return { kind: isEmpty ? 'absent' : 'unreadable' };
}

async function listMessages(rest: REST, channelId: string, query: Readonly<Record<string, string>>) {
  const answer = await rest.get(Routes.channelMessages(channelId), { query: new URLSearchParams(query) });
  return PostedMessages.parse(answer);
}

function olderId(oldest: string | undefined, { id }: { readonly id: string }): string {
  return oldest === undefined || BigInt(id) < BigInt(oldest) ? id : oldest;
}

function timeOf(id: string): number {
  return SnowflakeUtil.timestampFrom(id);
}
