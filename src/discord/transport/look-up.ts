import { type REST, Routes, SnowflakeUtil } from 'discord.js';
import { MINUTE_MS } from '../../calendar/zoned-time.ts';
import type { LookUpAnswer } from '../../delivery/delivery-transport.ts';
import type { Delivery, Step } from '../../delivery/delivery.ts';
import { classifyError, lastingCode } from '../rest/classify-error.ts';
import { findEvent } from './scheduled-event.ts';
import {
  ChannelState,
  isOfAnotherShape,
  PostedMessage,
  PostedMessages,
  type Thread,
  ThreadList,
} from './schema.ts';

/** What an uncertain step left behind, if it did. */
interface Traces {
  readonly delivery: Delivery;
  /** No older than that: ms by Discord's clock. */
  readonly since: number;
  readonly isOfStep: (message: PostedMessage) => boolean;
  readonly authorId: string;
}

/** What one look-up read: the message that was found, or whether all that could be it was seen. */
type Found =
  | { readonly kind: 'found'; readonly messageId: string }
  | { readonly kind: 'absent' | 'unanswered' | 'unreadable' };

const MISSING_ACCESS = 50_001;
const UNKNOWN_MESSAGE = 10_008;
/** Messages or threads. */
const PAGE = 100;
/** So many within one look-up mean that it cannot keep up with the people who write there. */
const PAGES = 200;

/** Looks for a message or post by the custom ids of its step, back to its first attempt and a minute further. */
export async function lookUpStep(
  rest: REST,
  {
    delivery,
    step,
    authorId,
  }: { readonly delivery: Delivery; readonly step: Step; readonly authorId: string },
): Promise<LookUpAnswer> {
  if (step.kind === 'event') return findEvent(rest, { delivery, step, authorId });
  const traces: Traces = {
    delivery,
    since: (step.firstAttemptAt ?? delivery.plannedAt) - MINUTE_MS,
    authorId,
    isOfStep: (message) => message.author.id === authorId && hasMark(message, delivery, step),
  };
  const found = await (step.kind === 'forum-post' ? findPost : findMessage)(rest, traces);
  if (found.kind !== 'found') return { kind: found.kind };
  return { ...found, sentAt: SnowflakeUtil.timestampFrom(found.messageId) };
}

/** A poll has no custom ids: it is the bot's first one below the message that it belongs to. */
function hasMark({ id, components, poll }: PostedMessage, delivery: Delivery, step: Step): boolean {
  if (step.kind !== 'poll')
    return (JSON.stringify(components) ?? '').includes(`:v1:${delivery.id}:${step.n}:`);
  const above = delivery.steps.find(({ n }) => n === step.threadOf)?.messageId ?? '0';
  return poll !== undefined && poll !== null && BigInt(id) > BigInt(above);
}

/**
 * What a look-up that failed says. Only what passes by itself is worth waiting for: a right that is missing may stay
 * missing for ever. Raises a `RangeError` again: that is a bug.
 */
export function explainLookUp(error: unknown): LookUpAnswer {
  if (isOfAnotherShape(error)) return { kind: 'unrecognised' };
  const why = classifyError(error);
  if (why.kind === 'fatal') return why;
  if (why.kind === 'gone') return { kind: 'gone', code: why.code, message: why.message };
  if (why.kind === 'blocked' && why.code === MISSING_ACCESS) return { ...why, kind: 'blocked' };
  return { kind: lastingCode(error) === undefined ? 'unanswered' : 'unreadable' };
}

/** Reads from the newest message back until it passes the attempt, however many people wrote meanwhile. */
async function findMessage(rest: REST, { delivery, since, isOfStep }: Traces): Promise<Found> {
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

/** Forum posts have no nonce, and people may rename them: each is known by its first message, which has its id. */
async function findPost(rest: REST, traces: Traces): Promise<Found> {
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
