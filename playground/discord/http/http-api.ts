import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from './api-error.ts';
import type { Fault, Faults } from './faults.ts';
import type { LateEffects } from './late-effects.ts';
import { keepUploads } from '../messages/attachments.ts';
import { type ReadBody, readBody } from './read-body.ts';
import type { Refusal } from './refusals.ts';
import type { RateLimits } from './rate-limits.ts';
import { answerRoute, type Context, type Request } from './routes.ts';
import type { LoggedRequest } from '../state.ts';

export interface ApiParts {
  readonly context: () => Context;
  readonly requests: LoggedRequest[];
  readonly faults: Faults;
  readonly late: LateEffects;
  /** By Discord's clock, which each answer tells. */
  date(): Date;
  readonly rateLimits: RateLimits | undefined;
}

/** Answers what is under `/api`, with the rate limits and the faults that lie in between. */
export function createApi(parts: ApiParts): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    response.setHeader('date', parts.date().toUTCString());
    answerApi(parts, request, response).catch((error: unknown) => {
      console.error(error);
      if (!response.headersSent) sendJson(response, 500, { code: 0, message: String(error) });
    });
  };
}

async function answerApi(parts: ApiParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { world } = parts.context();
  const { files, ...asked } = await readRequest(request, world.token);
  const log: LoggedRequest = {
    method: asked.method,
    path: asked.path,
    body: asked.body,
    status: 0,
    time: world.now(),
  };
  parts.requests.push(log);
  const verdict = parts.rateLimits?.take(asked);
  for (const [name, value] of Object.entries(verdict?.headers ?? {})) response.setHeader(name, value);
  if (verdict?.refusal) {
    log.scope = verdict.refusal.global ? 'global' : 'user';
    return answer(response, log, { status: 429, body: verdict.refusal });
  }
  const fault = parts.faults.take(asked.method, asked.path);
  if (fault?.delayMs !== undefined) await sleep(fault.delayMs);
  parts.late.land();
  const { path, body } = asked;
  const act = () =>
    resultOf(() =>
      answerRoute(parts.context(), { ...asked, body: keepUploads(world, path, { body, files }) }),
    );
  if (fault !== undefined && fault.effectAfterMs !== undefined) parts.late.add(fault.effectAfterMs, act);
  parts.late.land();
  if (fault?.refusal) return refuse(response, log, fault.refusal);
  if (fault?.drop !== undefined) return breakOff(response, log, { drop: fault.drop, act });
  answer(response, log, act());
}

/** Ends a request without an answer, or with half of one. */
function breakOff(
  response: ServerResponse,
  log: LoggedRequest,
  { drop, act }: { readonly drop: NonNullable<Fault['drop']>; act(): Result },
): void {
  if (drop === 'hang') return;
  if (drop === 'drop-before') return void response.socket?.destroy();
  const { status, body } = act();
  log.status = status;
  if (drop === 'drop-after') return void response.socket?.destroy();
  const text = JSON.stringify(body ?? {});
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
}

async function readRequest(
  request: IncomingMessage,
  token: string,
): Promise<Request & Pick<ReadBody, 'files'>> {
  const target = new URL(request.url ?? '/', 'http://127.0.0.1');
  const bytes = new Uint8Array(await buffer(request));
  return {
    method: request.method ?? 'GET',
    path: decodeURIComponent(target.pathname.replace(/^\/api\/v10/, '')),
    ...(await readBody(bytes, request.headers['content-type'])),
    query: target.searchParams,
    authorized: request.headers.authorization === `Bot ${token}`,
  };
}

interface Result {
  readonly status: number;
  readonly body?: unknown;
}

function resultOf(act: () => unknown): Result {
  try {
    const body = act();
    return body === undefined ? { status: 204 } : { status: 200, body };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { status, code, message, errors } = error;
    return { status, body: { code, message, ...(errors ? { errors } : {}) } };
  }
}

function answer(response: ServerResponse, log: LoggedRequest, { status, body }: Result): void {
  log.status = status;
  sendJson(response, status, body);
}

function refuse(response: ServerResponse, log: LoggedRequest, refusal: Refusal): void {
  log.status = refusal.status;
  if (refusal.scope !== undefined) log.scope = refusal.scope;
  response.writeHead(refusal.status, refusal.headers).end(refusal.body);
}

export function sendJson(response: ServerResponse, status: number, body?: unknown): void {
  response.writeHead(status, body === undefined ? {} : { 'content-type': 'application/json' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
