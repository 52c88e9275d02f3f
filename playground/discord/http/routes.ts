import { ApiError } from './api-error.ts';
import { describeApplication, putCommands } from '../interactions/application.ts';
import { findChannel, findMessage, showChannel } from '../channels/channels.ts';
import { openDm } from '../channels/direct-messages.ts';
import { createEvent, findEvent, listEvents } from '../guilds/scheduled-events.ts';
import { listRoles, seeGuild, seeMember } from '../guilds/guild-verbs.ts';
import type { SessionStarts } from '../gateway/session-limits.ts';
import type { Interactions } from '../interactions/interactions.ts';
import { getMessage, listMessages } from '../messages/message-history.ts';
import { expirePoll } from '../messages/polls.ts';
import { createMessage, deleteMessage, patchMessage } from '../messages/messages.ts';
import { listActiveThreads, listArchivedThreads } from '../channels/thread-lists.ts';
import { startThread, startThreadFromMessage } from '../channels/threads.ts';
import type { World } from '../world.ts';

export interface Context {
  readonly world: World;
  readonly interactions: Interactions;
  readonly gatewayUrl: string;
  readonly starts: Pick<SessionStarts, 'show'>;
}
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly query: URLSearchParams;
  readonly authorized: boolean;
}
interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** Interactions carry their own token. */
  readonly open?: boolean;
  answer(context: Context, request: Request, ids: readonly string[]): unknown;
}

/** `:id` stands for an id, `:token` for anything without a slash. */
function route(line: string, answer: Route['answer'], open = false): Route {
  const [method = '', path = ''] = line.split(' ');
  const pattern = path.replaceAll(':id', String.raw`(\d+)`).replaceAll(':token', '([^/]+)');
  return { method, path: new RegExp(`^${pattern}$`), answer, open };
}

const ROUTES: readonly Route[] = [
  route(
    'POST /interactions/:id/:token/callback',
    ({ interactions }, { body, query }, [id = '', token = '']) => {
      const answer = interactions.callback(id, token, body);
      return query.get('with_response') === 'true' ? answer : undefined;
    },
    true,
  ),
  route(
    'POST /webhooks/:id/:token',
    ({ interactions }, { body }, [, token = '']) => interactions.followUp(token, body),
    true,
  ),
  route(
    'GET /webhooks/:id/:token/messages/:token',
    ({ interactions }, _request, [, token = '', id = '']) => interactions.find(token, id),
    true,
  ),
  route(
    'PATCH /webhooks/:id/:token/messages/:token',
    ({ interactions }, { body }, [, token = '', id = '']) => interactions.edit(token, id, body),
    true,
  ),
  route(
    'DELETE /webhooks/:id/:token/messages/:token',
    ({ interactions }, _request, [, token = '', id = '']) => interactions.remove(token, id),
    true,
  ),
  route('GET /gateway/bot', ({ gatewayUrl, starts }) => ({ url: gatewayUrl, ...starts.show() })),
  route('GET /users/@me', ({ world }) => world.state.bot),
  route('POST /users/@me/channels', ({ world }, { body }) => openDm(world, body)),
  route('GET (?:/oauth2)?/applications/@me', ({ world }) => describeApplication(world)),
  route('GET /applications/:id/commands', ({ world }) => world.state.commands),
  route('PUT /applications/:id/commands', ({ world }, { body }) => putCommands(world, body)),
  route('GET /guilds/:id', ({ world }, _request, [id = '']) => seeGuild(world, id)),
  route('GET /guilds/:id/roles', ({ world }, _request, [id = '']) => listRoles(world, id)),
  route('GET /guilds/:id/threads/active', ({ world }, _request, [id = '']) => listActiveThreads(world, id)),
  route('GET /guilds/:id/members/:id', ({ world }, _request, [id = '', userId = '']) =>
    seeMember(world, id, userId),
  ),
  route('GET /guilds/:id/scheduled-events', ({ world }, _request, [id = '']) => listEvents(world, id)),
  route('POST /guilds/:id/scheduled-events', ({ world }, { body }, [id = '']) =>
    createEvent(world, id, body),
  ),
  route('GET /guilds/:id/scheduled-events/:id', ({ world }, _request, [id = '', eventId = '']) =>
    findEvent(world, id, eventId),
  ),
  route('POST /channels/:id/polls/:id/expire', ({ world }, _request, [id = '', messageId = '']) =>
    expirePoll(world, id, messageId),
  ),
  route('GET /channels/:id', ({ world }, _request, [id = '']) => showChannel(world, findChannel(world, id))),
  route('POST /channels/:id/threads', ({ world }, { body }, [id = '']) => startThread(world, id, body)),
  route('GET /channels/:id/threads/archived/public', ({ world }, { query }, [id = '']) =>
    listArchivedThreads(world, id, query),
  ),
  route('GET /channels/:id/messages', ({ world }, { query }, [id = '']) => listMessages(world, id, query)),
  route('POST /channels/:id/messages', ({ world }, { body }, [id = '']) => createMessage(world, id, body)),
  route('GET /channels/:id/messages/:id', ({ world }, _request, [id = '', messageId = '']) =>
    getMessage(world, id, messageId),
  ),
  route('PATCH /channels/:id/messages/:id', ({ world }, { body }, [id = '', messageId = '']) =>
    patchMessage(world, id, messageId, body),
  ),
  route('DELETE /channels/:id/messages/:id', ({ world }, _request, [id = '', messageId = '']) =>
    deleteMessage(world, findMessage(world, findChannel(world, id).id, messageId)),
  ),
  route('POST /channels/:id/messages/:id/threads', ({ world }, { body }, [channelId = '', messageId = '']) =>
    startThreadFromMessage(world, { channelId, messageId }, body),
  ),
];

/** What Discord answers; nothing for 204. */
export function answerRoute(context: Context, request: Request): unknown {
  for (const { method, path, open, answer } of ROUTES) {
    const found = method === request.method ? path.exec(request.path) : null;
    if (found === null) continue;
    if (open !== true && !request.authorized) throw new ApiError(401, 0, '401: Unauthorized');
    return answer(context, request, found.slice(1));
  }
  if (!request.authorized) throw new ApiError(401, 0, '401: Unauthorized');
  throw new ApiError(404, 0, '404: Not Found');
}
