import { type REST, Routes } from 'discord.js';
import type { SendAnswer, SendRequest } from '../../delivery/delivery-transport.ts';
import { classifyError } from '../rest/classify-error.ts';
import { withLastCheck } from '../rest/last-check.ts';
import { buildMessage } from './build-message.ts';
import { chooseTags } from './choose-tags.ts';
import { Created, Forum, ForumPostPayload, MessagePayload, ThreadPayload } from './schema.ts';

const TAG_IS_DEMANDED = 40_067;
const THREAD_IS_THERE = 160_004;
const MESSAGE_IS_NOT_THERE = 10_008;

/** Sends a step, once; what Discord answers is the outcome. */
export async function sendStep(rest: REST, request: SendRequest): Promise<SendAnswer> {
  const { kind } = request.step;
  if (kind === 'thread') return startThread(rest, request);
  return kind === 'forum-post' ? postToForum(rest, request) : postMessage(rest, request);
}

/** Discord keeps a nonce for a few minutes, also when its message was deleted meanwhile. */
async function postMessage(rest: REST, request: SendRequest): Promise<SendAnswer> {
  const { delivery, step } = request;
  const body = {
    ...buildMessage(MessagePayload.parse(step.payload), request),
    nonce: `${delivery.id}-${step.n}`,
    enforce_nonce: true,
  };
  const answer = await post(rest, { request, route: Routes.channelMessages(delivery.place.channelId), body });
  return 'code' in answer && answer.code === MESSAGE_IS_NOT_THERE ? { kind: 'sent-and-deleted' } : answer;
}

async function postToForum(rest: REST, request: SendRequest): Promise<SendAnswer> {
  const { channelId } = request.delivery.place;
  const { name, labels, message } = ForumPostPayload.parse(request.step.payload);
  const tags = await findTags(rest, channelId, labels);
  if (tags !== undefined && 'kind' in tags) return tags;
  const body = {
    name,
    message: buildMessage(message, request),
    ...(tags === undefined || tags.length === 0 ? {} : { applied_tags: tags }),
  };
  const answer = await post(rest, { request, route: Routes.threads(channelId), body });
  const isForTags = tags === undefined && 'code' in answer && answer.code === TAG_IS_DEMANDED;
  return isForTags ? { kind: 'failed', message: 'The tags of the forum cannot be read now' } : answer;
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
  const code = MESSAGE_IS_NOT_THERE;
  if (messageId === undefined)
    return { kind: 'skipped', code, message: 'There is no message for the thread' };
  const { name } = ThreadPayload.parse(step.payload);
  const route = Routes.threads(delivery.place.channelId, messageId);
  const answer = await post(rest, { request, route, body: { name } });
  if (!('code' in answer)) return answer;
  return answer.code === THREAD_IS_THERE ? { kind: 'sent', messageId } : { ...answer, kind: 'skipped' };
}

async function post(
  rest: REST,
  {
    request,
    route,
    body,
  }: { readonly request: SendRequest; readonly route: `/${string}`; readonly body: object },
): Promise<SendAnswer> {
  try {
    const answer = await withLastCheck(request.mayLeave, () => rest.post(route, { body }));
    return { kind: 'sent', messageId: Created.parse(answer).id };
  } catch (error) {
    return classifyError(error);
  }
}
