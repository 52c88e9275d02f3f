import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { createDiscordRest, type DiscordRest } from '../../src/discord/rest/create-rest.ts';
import { systemClock } from '../../src/system-clock.ts';

export interface ScriptedRequest {
  readonly method: string;
  /** Without `/api/v10`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

/** JSON unless it is text; or what becomes of the connection in place of an answer. */
export type ScriptedAnswer =
  | 'drop'
  | 'cut-off'
  | 'hang'
  | {
      readonly status?: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    };

export interface ScriptedDiscord {
  /** The address that the paths of Discord's API are under. */
  readonly url: string;
  readonly requests: ScriptedRequest[];
  close(): Promise<void>;
}

/** Answers every request by a script, for what the playground's Discord does not do. */
export async function startScriptedDiscord(
  answer: (request: ScriptedRequest) => ScriptedAnswer | Promise<ScriptedAnswer>,
): Promise<ScriptedDiscord> {
  const requests: ScriptedRequest[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://127.0.0.1');
      const path = pathname.replace(/^\/api\/v10/, '');
      const asked = { method: request.method ?? '', path, query, body: await text(request) };
      requests.push(asked);
      give(response, await answer(asked));
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/api`,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function give(response: ServerResponse, answer: ScriptedAnswer): void {
  if (answer === 'hang') return;
  if (answer === 'drop') return void response.socket?.destroy();
  if (answer === 'cut-off') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
    response.write('{"id":', () => response.socket?.destroy());
    return;
  }
  const { status = 200, body, headers = {} } = answer;
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json', ...headers });
  response.end(isText ? body : JSON.stringify(body));
}

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The bot's side, by the machine's clocks unless told otherwise. */
export function openRest(
  { url, token = 'token' }: { readonly url: string; readonly token?: string },
  about: Partial<Parameters<typeof createDiscordRest>[0]> = {},
): DiscordRest {
  const clocks = { pace: systemClock, readings: systemClock };
  return createDiscordRest({ token, apiUrl: url, ...clocks, log: quiet, ...about });
}
