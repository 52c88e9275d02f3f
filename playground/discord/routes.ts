import { ApiError } from './api-error.ts';
import { checkCommands } from './command-limits.ts';
import type { Interactions } from './interactions.ts';
import { checkMessage } from './message-limits.ts';
import { createMessage, editMessage, findChannel, findMessage, listMessages } from './messages.ts';
import { type Channel, type Command, isRecord, type World } from './state.ts';

interface Context {
  world: World;
  interactions: Interactions;
  gatewayUrl: string;
}
interface Request {
  method: string;
  path: string;
  body: unknown;
  query: URLSearchParams;
  authorized: boolean;
}

function isCommandList(body: unknown): body is Omit<Command, 'id'>[] {
  return Array.isArray(body) && body.every((one) => isRecord(one) && typeof one['name'] === 'string');
}

function putCommands(world: World, body: unknown): Command[] {
  const { state } = world;
  checkCommands(body);
  if (!isCommandList(body)) throw new ApiError(400, 50035, 'Invalid Form Body');
  state.commands = body.map((one) => {
    const old = state.commands.find(({ name, type }) => name === one.name && type === (one.type ?? 1));
    return {
      ...one,
      type: one.type ?? 1,
      options: one.options ?? [],
      id: old?.id ?? world.nextId(),
      version: world.nextId(),
      application_id: state.applicationId,
    };
  });
  return state.commands;
}

function openDm(world: World, body: unknown): Channel {
  const { state } = world;
  const user = state.users[isRecord(body) ? String(body['recipient_id']) : ''];
  if (!user) throw new ApiError(400, 50033, 'Invalid Recipient(s)');
  const old = Object.values(state.channels).find((one) => one.recipients?.[0]?.id === user.id);
  const channel = old ?? {
    id: world.nextId(),
    type: 1,
    name: user.username,
    parent_id: null,
    position: 0,
    permission_overwrites: [],
    recipients: [user],
  };
  state.channels[channel.id] = channel;
  return channel;
}

function answerChannel(
  { world }: Context,
  { method, body, query }: Request,
  [id = '', messages, messageId]: string[],
): unknown {
  if (messages === undefined)
    return { ...findChannel(world, id), last_message_id: world.state.messages[id]?.at(-1)?.id ?? null };
  if (messageId === undefined)
    return method === 'POST' ? createMessage(world, id, body) : listMessages(world, id, query);
  findChannel(world, id);
  const message = findMessage(world, id, messageId);
  if (method === 'PATCH') return editMessage(world, message, body);
  if (method !== 'DELETE') return message;
  world.state.messages[id] = (world.state.messages[id] ?? []).filter((one) => one !== message);
  world.changed();
  return undefined;
}

function answerWebhook(
  { interactions }: Context,
  { method, body }: Request,
  [token = '', , messageId]: string[],
): unknown {
  if (messageId === undefined) return interactions.followUp(token, body);
  if (method === 'PATCH') return interactions.edit(token, messageId, checkMessage(body));
  if (method === 'GET') return interactions.find(token, messageId);
  interactions.remove(token, messageId);
  return undefined;
}

export function answerRoute(context: Context, request: Request): unknown {
  const { world } = context;
  const [room = '', ...rest] = request.path.slice(1).split('/');
  if (room === 'interactions') {
    const answer = context.interactions.callback(rest[0] ?? '', rest[1] ?? '', request.body);
    return request.query.get('with_response') === 'true' ? answer : undefined;
  }
  if (room === 'webhooks') return answerWebhook(context, request, rest.slice(1));
  if (!request.authorized) throw new ApiError(401, 0, '401: Unauthorized');
  if (request.path === '/gateway/bot')
    return {
      url: context.gatewayUrl,
      shards: 1,
      session_start_limit: { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 1 },
    };
  if (request.path === '/users/@me') return world.state.bot;
  if (request.path === '/users/@me/channels') return openDm(world, request.body);
  if (request.path.endsWith('/applications/@me'))
    return {
      id: world.state.applicationId,
      name: 'Paperboy',
      description: '',
      bot: world.state.bot,
      flags: 0,
    };
  if (/^\/applications\/\d+\/commands$/.test(request.path))
    return request.method === 'PUT' ? putCommands(world, request.body) : world.state.commands;
  if (room === 'channels') return answerChannel(context, request, rest);
  throw new ApiError(404, 0, '404: Not Found');
}
