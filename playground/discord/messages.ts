import { ApiError } from './api-error.ts';
import { checkMessage, type MessageBody, refuseEmpty } from './message-limits.ts';
import * as permission from './permissions.ts';
import { type Channel, isRecord, type Message, type World } from './state.ts';

const NONCE_MS = 120_000;

export function findChannel(world: World, id: string): Channel {
  const channel = world.state.channels[id];
  if (channel === undefined) throw new ApiError(404, 10003, 'Unknown Channel');
  const bits = permission.permissionsIn(world.state, channel, world.state.bot.id);
  if ((bits & permission.VIEW_CHANNEL) === 0n) throw new ApiError(403, 50001, 'Missing Access');
  return channel;
}

export function findMessage(world: World, channelId: string, id: string): Message {
  const message = world.state.messages[channelId]?.find((one) => one.id === id);
  if (message === undefined) throw new ApiError(404, 10008, 'Unknown Message');
  return message;
}

function mentionedRoles(world: World, channel: Channel, body: MessageBody): string[] {
  const allowed = 'allowed_mentions' in body ? body.allowed_mentions : undefined;
  const roles = isRecord(allowed) && Array.isArray(allowed['roles']) ? allowed['roles'] : [];
  const known = world.state.guilds[channel.guild_id ?? '']?.roles ?? [];
  const named = [...(body.content ?? '').matchAll(/<@&(\d+)>/g)].map(([, id]) => id);
  return known.filter(({ id }) => named.includes(id) && roles.includes(id)).map(({ id }) => id);
}

export function addMessage(world: World, channel: Channel, body: MessageBody): Message {
  const message: Message = {
    id: world.nextId(),
    channel_id: channel.id,
    type: 0,
    author: world.state.bot,
    content: body.content ?? '',
    timestamp: new Date(world.now()).toISOString(),
    edited_timestamp: null,
    embeds: (body.embeds ?? []).map((embed) => Object.assign({ type: 'rich' }, embed)),
    components: body.components ?? [],
    flags: body.flags ?? 0,
    ...(body.nonce === undefined ? {} : { nonce: body.nonce }),
    mention_roles: mentionedRoles(world, channel, body),
    mention_everyone: false,
    mentions: [],
    attachments: [],
    pinned: false,
    tts: false,
  };
  (world.state.messages[channel.id] ??= []).push(message);
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

export function createMessage(world: World, channelId: string, input: unknown): Message {
  const channel = findChannel(world, channelId);
  const body = checkMessage(input);
  if (channel.type === 15 || channel.type === 4)
    throw new ApiError(400, 50008, 'Cannot send messages in a non-text channel');
  const bits = permission.permissionsIn(world.state, channel, world.state.bot.id);
  const send = channel.type === 11 ? permission.SEND_MESSAGES_IN_THREADS : permission.SEND_MESSAGES;
  if ((bits & send) === 0n) throw new ApiError(403, 50013, 'Missing Permissions');
  if (channel.thread_metadata?.locked) throw new ApiError(403, 160005, 'This thread is locked');
  refuseEmpty(body);
  const dropEmbeds = (bits & permission.EMBED_LINKS) === 0n && (body.embeds?.length ?? 0) > 0;
  if (dropEmbeds && !body.content) throw new ApiError(403, 50013, 'Missing Permissions');
  if (body.enforce_nonce === true && body.nonce !== undefined) {
    const old = world.nonces.get(`${channelId} ${body.nonce}`);
    if (old && world.now() - old.time < NONCE_MS) return findMessage(world, channelId, old.messageId);
  }
  const message = addMessage(world, channel, dropEmbeds ? { ...body, embeds: [] } : body);
  if (body.enforce_nonce === true && body.nonce !== undefined)
    world.nonces.set(`${channelId} ${body.nonce}`, { messageId: message.id, time: world.now() });
  return message;
}

export function listMessages(world: World, channelId: string, query: URLSearchParams): Message[] {
  const channel = findChannel(world, channelId);
  const bits = permission.permissionsIn(world.state, channel, world.state.bot.id);
  if ((bits & permission.READ_MESSAGE_HISTORY) === 0n) return [];
  const after = query.get('after');
  const before = query.get('before');
  const limit = Number(query.get('limit') ?? 50);
  const seen = (world.state.messages[channelId] ?? []).filter(
    ({ id, ephemeral_for }) =>
      ephemeral_for === undefined &&
      (after === null || BigInt(id) > BigInt(after)) &&
      (before === null || BigInt(id) < BigInt(before)),
  );
  return (after === null ? seen.slice(-limit) : seen.slice(0, limit)).toReversed();
}
