import { ApiError } from '../http/api-error.ts';
import { partOf } from '../http/form.ts';
import { findChannel, findMessage, refuseWithout } from '../channels/channels.ts';
import { refuseUnwanted } from '../channels/direct-messages.ts';
import { findAttachments, NOT_FOUND, resolveReferences } from './attachments.ts';
import { COMPONENTS_V2 } from './layout-limits.ts';
import { openPoll } from './polls.ts';
import { readMentions } from './mentions.ts';
import { checkMessage, type MessageBody, refuseEmpty } from './message-limits.ts';
import {
  ATTACH_FILES,
  EMBED_LINKS,
  permissionsIn,
  SEND_MESSAGES,
  SEND_MESSAGES_IN_THREADS,
  SEND_POLLS,
} from '../guilds/permissions.ts';
import {
  type Attachment,
  type Channel,
  FORUM,
  isBotDm,
  isThread,
  type Message,
  type User,
} from '../state.ts';
import { refuseLocked, wakeThread } from '../channels/thread-state.ts';
import type { World } from '../world.ts';

const CATEGORY = 4;
/** The bot has said that it thinks. */
const LOADING = 128;
/** Discord says "a few minutes" and no number: https://discord.com/developers/docs/resources/message#create-message */

/** Puts a message into a channel, of the bot unless told otherwise; `id` is given where it is that of the thread. */
export function addMessage(
  world: World,
  channel: Channel,
  body: MessageBody,
  given: { readonly id?: string; readonly author?: User } = {},
): Message {
  const { id = world.nextId(), author = world.state.bot } = given;
  const flags = body.flags ?? 0;
  const attachments = findAttachments(world, channel.id, body.attachments);
  const message: Message = {
    id,
    channel_id: channel.id,
    type: 0,
    author,
    content: body.content ?? '',
    timestamp: new Date(world.now()).toISOString(),
    edited_timestamp: null,
    embeds: resolveReferences(body.embeds ?? [], attachments).map((embed) =>
      Object.assign({ type: 'rich' }, embed),
    ),
    components: resolveReferences(body.components ?? [], attachments),
    ...(body.poll === undefined ? {} : { poll: openPoll(world, body.poll) }),
    flags,
    ...(body.nonce === undefined ? {} : { nonce: body.nonce }),
    ...readMentions(world.state, channel, body),
    attachments: (flags & COMPONENTS_V2) === 0 ? attachments : [],
    pinned: false,
    tts: false,
  };
  (world.state.messages[channel.id] ??= []).push(message);
  if (isThread(channel) && id !== channel.id) {
    channel.message_count = (channel.message_count ?? 0) + 1;
    channel.total_message_sent = (channel.total_message_sent ?? 0) + 1;
  }
  world.changed();
  return message;
}

export function editMessage(world: World, message: Message, input: unknown): Message {
  const body = checkMessage(input, message);
  const attachments = editAttachments(world, message, body);
  if (typeof body.content === 'string') message.content = body.content;
  if (body.content === null) message.content = '';
  if (body.embeds) message.embeds = resolveReferences(body.embeds, attachments);
  if (body.components) message.components = resolveReferences(body.components, attachments);
  message.flags = (message.flags & ~LOADING) | ((body.flags ?? 0) & COMPONENTS_V2);
  message.attachments = (message.flags & COMPONENTS_V2) === 0 ? attachments : [];
  message.edited_timestamp = new Date(world.now()).toISOString();
  world.changed();
  return message;
}

/** All that the message has afterwards. A message of components v2 takes no new file: https://github.com/discord/discord-api-docs/issues/7529 */
function editAttachments(world: World, message: Message, body: MessageBody): Attachment[] {
  if (body.attachments === undefined) return message.attachments;
  const attachments = findAttachments(world, message.channel_id, body.attachments);
  const known = JSON.stringify(message);
  const isNew = attachments.some(({ id }) => !known.includes(id));
  if (isNew && ((message.flags | (body.flags ?? 0)) & COMPONENTS_V2) !== 0)
    throw new ApiError(400, 50_035, 'Invalid Form Body', NOT_FOUND);
  return attachments;
}

/** https://discord.com/developers/docs/resources/message#create-message */
export function createMessage(world: World, channelId: string, input: unknown): Message {
  const channel = findChannel(world, channelId);
  const body = checkMessage(input);
  refuseSending(world, channel);
  refuseFiles(world, channel, body);
  if (body.poll !== undefined) refuseWithout(world, channel, SEND_POLLS);
  refuseEmpty(body);
  world.content.check(channel, { ...body });
  const shown = withoutLostEmbeds(world, channel, body);
  const key = body.enforce_nonce === true && body.nonce !== undefined ? `${channelId} ${body.nonce}` : '';
  const old = world.nonces.get(key);
  if (old && world.now() - old.time < world.rules.nonceMs)
    return findMessage(world, channelId, old.messageId);
  wakeThread(world, channel);
  const message = addMessage(world, channel, shown);
  if (key !== '') world.nonces.set(key, { messageId: message.id, time: world.now() });
  return message;
}

function refuseSending(world: World, channel: Channel): void {
  if (channel.type === FORUM || channel.type === CATEGORY)
    throw new ApiError(400, 50008, 'Cannot send messages in a non-text channel');
  if (isBotDm(channel)) refuseUnwanted(world, channel);
  refuseWithout(world, channel, isThread(channel) ? SEND_MESSAGES_IN_THREADS : SEND_MESSAGES);
  refuseLocked(world, channel);
}

export function refuseFiles(world: World, channel: Channel, body: MessageBody): void {
  if ((body.attachments?.length ?? 0) > 0) refuseWithout(world, channel, ATTACH_FILES);
}

/** Without Embed Links the embeds are left out in silence, as long as something else is left. */
export function withoutLostEmbeds(world: World, channel: Channel, body: MessageBody): MessageBody {
  const bits = permissionsIn(world.state, channel, world.state.bot.id);
  if ((bits & EMBED_LINKS) !== 0n || (body.embeds?.length ?? 0) === 0) return body;
  if (!body.content) throw new ApiError(403, 50013, 'Missing Permissions');
  return { ...body, embeds: [] };
}

/** https://discord.com/developers/docs/resources/message#edit-message */
export function patchMessage(world: World, channelId: string, messageId: string, input: unknown): Message {
  const channel = findChannel(world, channelId);
  const message = findMessage(world, channelId, messageId);
  if (message.author.id !== world.state.bot.id)
    throw new ApiError(403, 50005, 'Cannot edit a message authored by another user');
  if (channel.thread_metadata?.archived === true) throw new ApiError(400, 50083, 'Thread is archived');
  world.content.check(channel, partOf(input));
  return editMessage(world, message, input);
}

export function deleteMessage(world: World, message: Message): void {
  const all = world.state.messages[message.channel_id] ?? [];
  world.state.messages[message.channel_id] = all.filter((one) => one !== message);
  world.changed();
}
