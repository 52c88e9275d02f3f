import { ApiError } from '../http/api-error.ts';
import { partOf } from '../http/form.ts';
import { findChannel, findMessage, refuseWithout } from '../channels/channels.ts';
import { refuseUnwanted } from '../channels/direct-messages.ts';
import { readMentions } from './mentions.ts';
import { checkMessage, type MessageBody, refuseEmpty } from './message-limits.ts';
import {
  EMBED_LINKS,
  permissionsIn,
  SEND_MESSAGES,
  SEND_MESSAGES_IN_THREADS,
} from '../guilds/permissions.ts';
import { type Channel, FORUM, isBotDm, isThread, type Message, type User } from '../state.ts';
import { refuseLocked, wakeThread } from '../channels/thread-state.ts';
import type { World } from '../world.ts';

const CATEGORY = 4;
/** Discord says "a few minutes" and no number: https://discord.com/developers/docs/resources/message#create-message */
const NONCE_MS = 120_000;

/** Puts a message into a channel, of the bot unless told otherwise; `id` is given where it is that of the thread. */
export function addMessage(
  world: World,
  channel: Channel,
  body: MessageBody,
  given: { readonly id?: string; readonly author?: User } = {},
): Message {
  const { id = world.nextId(), author = world.state.bot } = given;
  const message: Message = {
    id,
    channel_id: channel.id,
    type: 0,
    author,
    content: body.content ?? '',
    timestamp: new Date(world.now()).toISOString(),
    edited_timestamp: null,
    embeds: (body.embeds ?? []).map((embed) => Object.assign({ type: 'rich' }, embed)),
    components: body.components ?? [],
    flags: body.flags ?? 0,
    ...(body.nonce === undefined ? {} : { nonce: body.nonce }),
    ...readMentions(world.state, channel, body),
    attachments: [],
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
  const body = checkMessage(input);
  if (typeof body.content === 'string') message.content = body.content;
  if (body.content === null) message.content = '';
  if (body.embeds) message.embeds = body.embeds;
  if (body.components) message.components = body.components;
  message.flags &= ~128;
  message.edited_timestamp = new Date(world.now()).toISOString();
  world.changed();
  return message;
}

/** https://discord.com/developers/docs/resources/message#create-message */
export function createMessage(world: World, channelId: string, input: unknown): Message {
  const channel = findChannel(world, channelId);
  const body = checkMessage(input);
  refuseSending(world, channel);
  refuseEmpty(body);
  world.content.check(channel, { ...body });
  const shown = withoutLostEmbeds(world, channel, body);
  const key = body.enforce_nonce === true && body.nonce !== undefined ? `${channelId} ${body.nonce}` : '';
  const old = world.nonces.get(key);
  if (old && world.now() - old.time < NONCE_MS) return findMessage(world, channelId, old.messageId);
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
