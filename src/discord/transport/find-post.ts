import { type REST, Routes, SnowflakeUtil } from 'discord.js';
import { lastingCode } from '../rest/classify-error.ts';
import { PostedMessage, type Thread, ThreadList } from './schema.ts';
import type { Found, Traces } from './traces.ts';

const PAGE = 100;
const PAGES = 200;
const UNKNOWN_MESSAGE = 10_008;

/** Forum posts have no nonce, and people may rename them: each is known by its first message, which has its id. */
export async function findPost(rest: REST, traces: Traces): Promise<Found> {
  const { place, steps } = traces.delivery;
  if (place.kind !== 'channel') throw new RangeError('a forum post in direct messages');
  const known = new Set(steps.flatMap(({ messageId }) => messageId ?? []));
  const mayBeIt = ({ id, parent_id: parent, owner_id: owner }: Thread) =>
    parent === place.channelId &&
    owner === traces.authorId &&
    !known.has(id) &&
    SnowflakeUtil.timestampFrom(id) >= traces.since;
  let isUnreadable = false;
  for await (const threads of listThreads(rest, place, traces.since)) {
    if (threads === 'too-many') return { kind: 'unanswered' };
    for (const { id } of threads.filter(mayBeIt)) {
      const first = await readFirstMessage(rest, id);
      if (first === undefined) isUnreadable = true;
      else if (traces.isOfStep(first)) return { kind: 'found', messageId: id };
    }
  }
  return { kind: isUnreadable ? 'unreadable' : 'absent' };
}

/** Active ones, then those that were archived since the attempt: a post is archived after it is made. */
async function* listThreads(
  rest: REST,
  { guildId, channelId }: { readonly guildId: string; readonly channelId: string },
  since: number,
): AsyncGenerator<readonly Thread[] | 'too-many'> {
  yield ThreadList.parse(await rest.get(Routes.guildActiveThreads(guildId))).threads;
  let before: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const query = new URLSearchParams({ limit: String(PAGE), ...(before && { before }) });
    const answer = await rest.get(Routes.channelThreads(channelId, 'public'), { query });
    const { threads, has_more: hasMore = threads.length >= PAGE } = ThreadList.parse(answer);
    yield threads;
    before = threads.at(-1)?.thread_metadata?.archive_timestamp;
    if (!hasMore || before === undefined || Date.parse(before) < since) return;
  }
  yield 'too-many';
}

/** Undefined where a moderator has deleted it: nobody can tell any more which post it is. */
async function readFirstMessage(rest: REST, id: string): Promise<PostedMessage | undefined> {
  try {
    return PostedMessage.parse(await rest.get(Routes.channelMessage(id, id)));
  } catch (error) {
    if (lastingCode(error) === UNKNOWN_MESSAGE) return undefined;
    throw error;
  }
}
