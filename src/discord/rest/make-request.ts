import type { RESTOptions } from 'discord.js';
import { Agent, type Dispatcher, request } from 'undici';
import { HeldBackError } from './request-errors.ts';

/** How requests of discord.js go out. */
export type MakeRequest = RESTOptions['makeRequest'];
/** `mayLeave` is asked right before the first byte goes to the socket; `HeldBackError` when it says no. */
export type CheckedRequest = (
  url: string,
  init: RequestInit,
  mayLeave?: () => boolean,
) => ReturnType<MakeRequest>;
export type Answer = Awaited<ReturnType<MakeRequest>>;
type RequestInit = Parameters<MakeRequest>[1];

/** The largest answer that the bot asks for is a hundred messages. */
const MAX_BODY = 16 * 1024 * 1024;

/**
 * Sends requests of discord.js, and takes their answers whole: a time-out holds for the last byte too, and an answer can
 * be read more than once. Raises what undici raises, or an error of its own for an answer that breaks off, whose
 * request discord.js would send again.
 */
export function createMakeRequest(dispatcher: Dispatcher = new Agent({ allowH2: false })): CheckedRequest {
  return async (url, init, mayLeave) => {
    const { method = 'GET', signal = null } = init;
    const checked = mayLeave === undefined ? dispatcher : dispatcher.compose(holdBackUnless(mayLeave));
    const answer = await request(url, { ...(await readBody(init)), dispatcher: checked, method, signal });
    return buildAnswer(answer, await readWhole(answer.body));
  };
}

/** A request may have waited for its connection; after this undici writes it without a pause. */
function holdBackUnless(mayLeave: () => boolean): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const begin = handler.onRequestStart?.bind(handler);
    handler.onRequestStart = (controller, context) => {
      begin?.(controller, context);
      if (!mayLeave()) controller.abort(new HeldBackError());
    };
    return dispatch(options, handler);
  };
}

/** undici takes no form; a form with files becomes bytes, and a header that says where they part. */
async function readBody({ headers: given = {}, body = null }: RequestInit) {
  const fields = Array.isArray(given) || given instanceof Headers ? [...given] : Object.entries(given);
  const headers: Record<string, string> = Object.fromEntries(fields);
  if (typeof body === 'string' || body === null) return { headers, body };
  if (!(body instanceof FormData)) throw new TypeError('only texts and forms can be sent');
  const form = new Response(body);
  const type = form.headers.get('content-type') ?? '';
  return { headers: { ...headers, 'content-type': type }, body: new Uint8Array(await form.arrayBuffer()) };
}

async function readWhole(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > MAX_BODY) throw new Error('the answer is too large');
      chunks.push(chunk);
    }
  } catch (error) {
    throw new Error('the answer broke off', { cause: error });
  }
  return Buffer.concat(chunks);
}

function buildAnswer(
  { statusCode: status, statusText, headers: fields }: Dispatcher.ResponseData,
  bytes: Buffer,
): Answer {
  const headers = new Headers();
  for (const [name, value = []] of Object.entries(fields)) {
    for (const one of typeof value === 'string' ? [value] : value) headers.append(name, one);
  }
  const text = () => bytes.toString('utf8');
  return {
    status,
    statusText,
    ok: status >= 200 && status < 300,
    headers,
    body: null,
    bodyUsed: false,
    text: async () => text(),
    json: async () => JSON.parse(text()),
    arrayBuffer: async () => new Uint8Array(bytes).buffer,
  };
}
