import { type REST, Routes, SnowflakeUtil } from 'discord.js';
import { MINUTE_MS } from '../../calendar/zoned-time.ts';
import type { Delivery } from '../../digest/delivery.ts';
import type { StepSearch } from '../../digest/messenger.ts';
import { encodeCustomId } from '../interactions/custom-id.ts';
import { ChannelState, PostedMessages } from './schema.ts';

const PAGE = 100;
const PAGES = 3;

/** Looks for the message of a step by the custom ids of its menus, from a minute before the plan. */
export async function findStepMessage(
  rest: REST,
  step: {
    readonly channelId: string;
    readonly authorId: string;
    readonly delivery: Delivery;
    readonly index: number;
  },
): Promise<StepSearch> {
  const { channelId, authorId, delivery, index } = step;
  const prefix = `${encodeCustomId('card', delivery.id, index)}:`;
  const start = SnowflakeUtil.generate({ timestamp: delivery.plannedAt - MINUTE_MS }).toString();
  let after = start;
  for (let page = 0; page < PAGES; page += 1) {
    const messages = await listMessages(rest, channelId, { after, limit: String(PAGE) });
    const found = messages.find(
      ({ author, components }) =>
        author.id === authorId &&
        components.some((row) => row.components.some(({ custom_id }) => custom_id?.startsWith(prefix))),
    );
    if (found !== undefined) return foundAs(found.id);
    if (messages.length === 0 && page === 0) return judgeEmptyList(rest, channelId, start);
    if (messages.length < PAGE) return { kind: 'absent' };
    after = messages.reduce((newest, { id }) => (BigInt(id) > BigInt(newest) ? id : newest), after);
  }
  return { kind: 'unknown' };
}

/** A message or thread tells by its id when it was made. */
export function foundAs(messageId: string): StepSearch {
  return { kind: 'found', messageId, sentAt: SnowflakeUtil.timestampFrom(messageId) };
}

/** Without Read Message History the list is always empty, which proves nothing. */
async function judgeEmptyList(rest: REST, channelId: string, start: string): Promise<StepSearch> {
  const { last_message_id: last } = ChannelState.parse(await rest.get(Routes.channel(channelId)));
  if (last === undefined || last === null || BigInt(last) < BigInt(start)) return { kind: 'absent' };
  const readable = await listMessages(rest, channelId, { limit: '1' });
  return { kind: readable.length > 0 ? 'absent' : 'unknown' };
}

async function listMessages(rest: REST, channelId: string, query: Record<string, string>) {
  const answer = await rest.get(Routes.channelMessages(channelId), { query: new URLSearchParams(query) });
  return PostedMessages.parse(answer);
}
