import {
  ChannelFlags,
  ComponentType,
  MessageFlags,
  type REST,
  Routes,
  ThreadAutoArchiveDuration,
} from 'discord.js';
import type { SendAnswer, SendRequest } from '../../delivery/delivery-transport.ts';
import { splitWords } from '../../topics/query/fold-text.ts';
import { classifyError, lastingCode } from '../rest/classify-error.ts';
import { withLastCheck } from '../rest/pace-requests.ts';
import type { Upload } from './draw-upload.ts';
import { buildEvent } from './scheduled-event.ts';
import { Created, Forum, ForumPostPayload, MessagePayload, PollPayload, ThreadPayload } from './schema.ts';

const TAG_IS_DEMANDED = 40_067;
const THREAD_IS_THERE = 160_004;
const UNKNOWN_MESSAGE = 10_008;
/** https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel */
const MOST_TAGS = 5;
/** Minutes: as long as the messages in a thread are refreshed, which an archived one does not allow. */
const OPEN_FOR = ThreadAutoArchiveDuration.ThreeDays;

/** A step with what goes with it. */
export type StepRequest = SendRequest & { readonly upload?: Upload | undefined };

/** Sends a step, once; what Discord answers is the outcome. */
export async function sendStep(rest: REST, request: StepRequest): Promise<SendAnswer> {
  const { kind } = request.step;
  if (kind === 'thread') return startThread(rest, request);
  if (kind === 'event') return makeEvent(rest, request);
  return kind === 'forum-post' ? postToForum(rest, request) : postMessage(rest, request);
}

/** Discord keeps a nonce for a few minutes, also when its message was deleted meanwhile. */
async function postMessage(rest: REST, request: StepRequest): Promise<SendAnswer> {
  const { delivery, step } = request;
  const nonce = { nonce: `${delivery.id}-${step.n}`, enforce_nonce: true };
  const { payload } = request;
  // Beside a poll Discord takes nothing else.
  const message =
    step.kind === 'poll' ? PollPayload.parse(payload) : buildMessage(MessagePayload.parse(payload), request);
  const body = { ...message, ...nonce };
  try {
    return await post(rest, { request, route: Routes.channelMessages(delivery.place.channelId), body });
  } catch (error) {
    return lastingCode(error) === UNKNOWN_MESSAGE ? { kind: 'sent-and-deleted' } : classifyError(error);
  }
}

async function postToForum(rest: REST, request: StepRequest): Promise<SendAnswer> {
  const { channelId } = request.delivery.place;
  const { name, labels, message } = ForumPostPayload.parse(request.payload);
  const tags = await findTags(rest, channelId, labels);
  if (tags !== undefined && 'kind' in tags) return tags;
  const applied = tags === undefined || tags.length === 0 ? {} : { applied_tags: tags };
  const body = {
    name,
    message: buildMessage(message, request),
    auto_archive_duration: OPEN_FOR,
    ...applied,
  };
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
  const { delivery, parentMessageId: messageId } = request;
  if (messageId === undefined) {
    return { kind: 'skipped', code: UNKNOWN_MESSAGE, message: 'There is no message for the thread' };
  }
  const { name } = ThreadPayload.parse(request.payload);
  try {
    const route = Routes.threads(delivery.place.channelId, messageId);
    return await post(rest, { request, route, body: { name, auto_archive_duration: OPEN_FOR } });
  } catch (error) {
    return lastingCode(error) === THREAD_IS_THERE ? { kind: 'sent', messageId } : explainExtra(error);
  }
}

/** An extra too, and the only one that is not there already when it is made again. */
async function makeEvent(rest: REST, request: SendRequest): Promise<SendAnswer> {
  const { place } = request.delivery;
  if (place.kind !== 'channel') throw new RangeError('an event in direct messages');
  try {
    const route = Routes.guildScheduledEvents(place.guildId);
    return await post(rest, { request, route, body: buildEvent(request.delivery, request) });
  } catch (error) {
    return explainExtra(error);
  }
}

function explainExtra(error: unknown): SendAnswer {
  const code = lastingCode(error);
  const why = classifyError(error);
  if (code === undefined || why.kind === 'fatal') return why;
  return { kind: 'skipped', code, message: 'message' in why ? why.message : '' };
}

async function post(
  rest: REST,
  {
    request,
    route,
    body,
  }: { readonly request: StepRequest; readonly route: `/${string}`; readonly body: object },
): Promise<SendAnswer> {
  const { upload, mayLeave } = request;
  const files = upload === undefined ? {} : { files: [upload] };
  const answer = await withLastCheck(mayLeave, () => rest.post(route, { body, ...files }));
  return { kind: 'sent', messageId: Created.parse(answer).id };
}

/** The body of a message as it is sent: with the role where it is to be mentioned. */
function buildMessage({ picture: _drawn, ...message }: MessagePayload, request: StepRequest): object {
  const { role, upload } = request;
  const attachments = upload && [{ id: '0', filename: upload.name, description: upload.description }];
  const shown = role === undefined ? message : nameRole(message, role);
  const roles = role === undefined ? {} : { roles: [role] };
  return { ...shown, ...(attachments && { attachments }), allowed_mentions: { parse: [], ...roles } };
}

/**
 * Whether that pings the role is for `allowed_mentions` to say. A message of Components V2 has no content: the mention
 * is a text above the rest.
 */
export function nameRole(message: MessagePayload, role: string): MessagePayload {
  const mention = `<@&${role}>`;
  if ((message.flags & MessageFlags.IsComponentsV2) === 0)
    return { ...message, content: `${mention} ${message.content ?? ''}`.trimEnd() };
  const text = { type: ComponentType.TextDisplay, content: mention };
  return { ...message, components: [text, ...message.components] };
}

/**
 * Ids of the tags whose words stand in one of the labels, as the first labels have them. Where a forum demands a tag
 * and none fits, its first one; tags that moderators alone may give are left out.
 */
export function chooseTags(
  { available_tags: tags, flags }: Forum,
  labels: readonly string[],
): readonly string[] {
  const usable = tags.filter(({ moderated }) => !moderated);
  const fitting = labels.flatMap((label) => usable.filter(({ name }) => containsWords(label, name)));
  const ids = [...new Set(fitting.map(({ id }) => id))].slice(0, MOST_TAGS);
  if (ids.length > 0 || (flags & ChannelFlags.RequireTag) === 0) return ids;
  return usable.slice(0, 1).map(({ id }) => id);
}

function containsWords(text: string, part: string): boolean {
  const words = splitWords(part).join(' ');
  return words !== '' && ` ${splitWords(text).join(' ')} `.includes(` ${words} `);
}
