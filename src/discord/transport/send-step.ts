import { type REST, Routes } from 'discord.js';
import type { SendAnswer, SendRequest } from '../../delivery/delivery-transport.ts';
import { classifyError, lastingCode } from '../rest/classify-error.ts';
import { withLastCheck } from '../rest/last-check.ts';
import { buildMessage } from './build-message.ts';
import { chooseTags } from './choose-tags.ts';
import { Created, Forum, ForumPostPayload, MessagePayload, ThreadPayload } from './schema.ts';

const TAG_IS_DEMANDED = 40_067;
const THREAD_IS_THERE = 160_004;
const UNKNOWN_MESSAGE = 10_008;

/** Sends a step, once; what Discord answers is the outcome. */
export async function sendStep(rest: REST, request: SendRequest): Promise<SendAnswer> {
  const { kind } = request.step;
  if (kind === 'thread') return startThread(rest, request);
  return kind === 'forum-post' ? postToForum(rest, request) : postMessage(rest, request);
}

/** Discord keeps a nonce for a few minutes, also when its message was deleted meanwhile. */
async function postMessage(rest: REST, request: SendRequest): Promise<SendAnswer> {
  const { delivery, step } = request;
  const nonce = { nonce: `${delivery.id}-${step.n}`, enforce_nonce: true };
  const body = { ...buildMessage(MessagePayload.parse(step.payload), request), ...nonce };
  try {
    return await post(rest, { request, route: Routes.channelMessages(delivery.place.channelId), body });
  } catch (error) {
    return lastingCode(error) === UNKNOWN_MESSAGE ? { kind: 'sent-and-deleted' } : classifyError(error);
  }
}

async function postToForum(rest: REST, request: SendRequest): Promise<SendAnswer> {
  const { channelId } = request.delivery.place;
  const { name, labels, message } = ForumPostPayload.parse(request.step.payload);
  const tags = await findTags(rest, channelId, labels);
  if (tags !== undefined && 'kind' in tags) return tags;
  const applied = tags === undefined || tags.length === 0 ? {} : { applied_tags: tags };
  const body = { name, message: buildMessage(message, request), ...applied };
  try {
    return await post(rest, { request, route: Routes.threads(channelId), body });
  } catch (error) {
    const isForTags = tags === undefined && lastingCode(error) === TAG_IS_DEMANDED;
    return isForTags
      ? { kind: 'failed', message: 'The tags of the forum cannot be read now' }
      : classifyError(error);
  }
}

/** Read when they are needed, as people change them; a post is better without tags than not at all. */
async function findTags(
  rest: REST,
  channelId: string,
  labels: readonly string[],
): Promise<readonly string[] | undefined | Extract<SendAnswer, { kind: 'fatal' }>> {
  try {
    return chooseTags(Forum.parse(await rest.get(Routes.channel(channelId))), labels);
  } catch (error) {
    const why = classifyError(error);
    return why.kind === 'fatal' ? why : undefined;
  }
}

/** An extra: whatever Discord has against it, the delivery goes on without it. */
async function startThread(rest: REST, request: SendRequest): Promise<SendAnswer> {
  const { delivery, step, parentMessageId: messageId } = request;
  if (messageId === undefined) {
    return { kind: 'skipped', code: UNKNOWN_MESSAGE, message: 'There is no message for the thread' };
  }
  const { name } = ThreadPayload.parse(step.payload);
  try {
    const route = Routes.threads(delivery.place.channelId, messageId);
    return await post(rest, { request, route, body: { name } });
  } catch (error) {
    const code = lastingCode(error);
    if (code === THREAD_IS_THERE) return { kind: 'sent', messageId };
    const why = classifyError(error);
    if (code === undefined || why.kind === 'fatal') return why;
    return { kind: 'skipped', code, message: 'message' in why ? why.message : '' };
  }
}

async function post(
  rest: REST,
  {
    request,
    route,
    body,
  }: { readonly request: SendRequest; readonly route: `/${string}`; readonly body: object },
): Promise<SendAnswer> {
  const answer = await withLastCheck(request.mayLeave, () => rest.post(route, { body }));
  return { kind: 'sent', messageId: Created.parse(answer).id };
}
