import { type REST, Routes } from 'discord.js';
import type { SendOutcome } from '../../digest/delivery.ts';
import type { SendRequest, Setback } from '../../digest/messenger.ts';
import { stepOf } from '../../digest/outcomes.ts';
import type { Place } from '../../subscriptions/destination.ts';
import { chooseTags } from './choose-tags.ts';
import { describeError } from '../rest/describe-error.ts';
import { Created, Forum, ForumPostPayload, MessagePayload, ThreadPayload } from './schema.ts';

const TAG_IS_DEMANDED = 40_067;
const THREAD_IS_THERE = 160_004;
const MESSAGE_IS_NOT_THERE = 10_008;

/** Posts a step, once; what Discord answers is the outcome. */
export async function sendStep(rest: REST, request: SendRequest): Promise<SendOutcome> {
  const { kind } = stepOf(request);
  if (kind === 'thread-from-message') return startThread(rest, request);
  return kind === 'forum-post' ? postToForum(rest, request) : postMessage(rest, request);
}

/** The channel of a place that is open. */
export function channelOf(place: Place): string {
  if (place.channelId === undefined) throw new RangeError('these direct messages were not opened');
  return place.channelId;
}

async function postMessage(rest: REST, request: SendRequest): Promise<SendOutcome> {
  const { delivery, index, destination } = request;
  const nonce = { nonce: `${delivery.id}-${index}`, enforce_nonce: true };
  const message = MessagePayload.parse(stepOf(request).payload);
  const body = { ...message, ...plainParts(request), ...nonce };
  return post(rest, Routes.channelMessages(channelOf(destination.place)), body);
}

async function postToForum(rest: REST, request: SendRequest): Promise<SendOutcome> {
  const channelId = channelOf(request.destination.place);
  const { name, labels, message } = ForumPostPayload.parse(stepOf(request).payload);
  const tags = await findTags(rest, channelId, labels);
  const isUnread = 'kind' in tags;
  if (isUnread && tags.kind === 'fatal') return tags;
  const body = {
    name,
    message: { ...message, ...plainParts(request) },
    ...(isUnread || tags.length === 0 ? {} : { applied_tags: tags }),
  };
  const outcome = await post(rest, Routes.threads(channelId), body);
  const isForTags = isUnread && 'code' in outcome && outcome.code === TAG_IS_DEMANDED;
  return isForTags ? { kind: 'failed', message: outcome.message, unknownFate: false } : outcome;
}

/** Read when they are needed, as people change them; a post is better without tags than not at all. */
async function findTags(
  rest: REST,
  channelId: string,
  labels: readonly string[],
): Promise<readonly string[] | Setback> {
  try {
    return chooseTags(Forum.parse(await rest.get(Routes.channel(channelId))), labels);
  } catch (error) {
    return describeError(error);
  }
}

/** The message is what was asked for: a thread that cannot be had is done without, and so are those that follow. */
async function startThread(rest: REST, request: SendRequest): Promise<SendOutcome> {
  const { name, of } = ThreadPayload.parse(stepOf(request).payload);
  const { steps } = request.delivery;
  const refused = steps.find(({ outcome }) => outcome?.kind === 'skipped')?.outcome;
  if (refused?.kind === 'skipped' && refused.code !== MESSAGE_IS_NOT_THERE) return refused;
  const message = steps[of]?.outcome;
  if (message?.kind !== 'sent' || message.messageId === undefined) {
    return { kind: 'skipped', code: MESSAGE_IS_NOT_THERE, message: 'There is no message for the thread' };
  }
  const { messageId } = message;
  const route = Routes.threads(channelOf(request.destination.place), messageId);
  const outcome = await post(rest, route, { name });
  if (!('code' in outcome) || outcome.kind === 'gone') return outcome;
  return outcome.code === THREAD_IS_THERE ? { kind: 'sent', messageId } : { ...outcome, kind: 'skipped' };
}

async function post(rest: REST, route: `/${string}`, body: object): Promise<SendOutcome> {
  try {
    return { kind: 'sent', messageId: Created.parse(await rest.post(route, { body })).id };
  } catch (error) {
    return describeError(error);
  }
}

/** What is another one in a message that is sent as plain lines; old plans of posts have the whole post. */
function plainParts(request: SendRequest): Record<string, unknown> {
  if (!request.plain) return {};
  const { plainPayload } = stepOf(request);
  const { data: whole } = ForumPostPayload.safeParse(plainPayload);
  return { embeds: [], ...(whole?.message ?? MessagePayload.parse(plainPayload)) };
}
