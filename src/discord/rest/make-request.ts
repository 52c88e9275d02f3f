import { Agent, type Dispatcher } from 'undici';
import type { MakeRequest } from '../interactions/create-client.ts';

type ResponseLike = Awaited<ReturnType<MakeRequest>>;
type AnswerStart = Pick<ResponseLike, 'status' | 'statusText' | 'headers'>;

/** The largest answer that the bot asks for is a hundred messages. */
const MAX_BODY = 16 * 1024 * 1024;

/**
 * Sends requests of discord.js, and takes their answers whole: the time that discord.js gives a request then holds for
 * the last byte as well, and an answer can be read more than once. Raises what undici raises, the reason of an aborted
 * signal, an error of its own for an answer that breaks off, and `TypeError` for a body that is no text: nothing sends files.
 */
export function createMakeRequest(dispatcher: Dispatcher = new Agent({ allowH2: false })): MakeRequest {
  return (url, { method = 'GET', headers = {}, body = null, signal }) =>
    new Promise((resolve, reject) => {
      if (typeof body !== 'string' && body !== null) throw new TypeError('only texts can be sent');
      signal?.throwIfAborted();
      const { origin, pathname, search } = new URL(url);
      const listed =
        Array.isArray(headers) || headers instanceof Headers ? [...headers] : Object.entries(headers);
      const fields = listed.flatMap(([name = '', value = '']) => [name, String(value)]);
      const request = { origin, path: pathname + search, method, headers: fields, body };
      dispatcher.dispatch(request, takeAnswer({ signal, resolve, reject }));
    });
}

interface Taking {
  readonly signal: AbortSignal | null | undefined;
  readonly resolve: (answer: ResponseLike) => void;
  readonly reject: (error: unknown) => void;
}

function takeAnswer({ signal, resolve, reject }: Taking): Dispatcher.DispatchHandler {
  const chunks: Buffer[] = [];
  let size = 0;
  let start: AnswerStart = { status: 0, statusText: '', headers: new Headers() };
  let controller: Dispatcher.DispatchController | undefined;

  function giveUp(): void {
    const reason: unknown = signal?.reason;
    fail(reason);
    controller?.abort(reason instanceof Error ? reason : new Error('the request was given up'));
  }
  /** After its status an answer is there: what discord.js takes for a broken connection it would send again. */
  function fail(error: unknown): void {
    signal?.removeEventListener('abort', giveUp);
    const hasAnswer = start.status >= 200;
    reject(hasAnswer ? new Error('the answer broke off', { cause: error }) : error);
  }
  signal?.addEventListener('abort', giveUp, { once: true });

  return {
    onRequestStart(started) {
      controller = started;
      // It waited for a connection until now.
      if (signal?.aborted === true) giveUp();
    },
    onResponseStart(_, status, fields, statusText = '') {
      start = { status, statusText, headers: readHeaders(fields) };
    },
    onResponseData(started, chunk) {
      size += chunk.length;
      if (size > MAX_BODY) started.abort(new Error('the answer is too large'));
      else chunks.push(chunk);
    },
    onResponseEnd() {
      signal?.removeEventListener('abort', giveUp);
      const [only] = chunks;
      const body = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
      resolve(buildAnswer(start, body));
    },
    onResponseError: (_, error) => fail(error),
  };
}

function readHeaders(fields: Readonly<Record<string, string | readonly string[] | undefined>>): Headers {
  const headers = new Headers();
  for (const [name, value = []] of Object.entries(fields)) {
    for (const one of typeof value === 'string' ? [value] : value) headers.append(name, one);
  }
  return headers;
}

function buildAnswer(start: AnswerStart, body: Buffer): ResponseLike {
  const text = () => body.toString('utf8');
  return {
    ...start,
    ok: start.status >= 200 && start.status < 300,
    body: null,
    bodyUsed: false,
    text: async () => text(),
    json: async () => JSON.parse(text()),
    arrayBuffer: async () => new Uint8Array(body).buffer,
  };
}
