import type { MakeRequest } from '../interactions/create-client.ts';

export type Answer = Awaited<ReturnType<MakeRequest>>;
type RequestInit = Parameters<MakeRequest>[1];

/** The largest answer that the bot asks for is a hundred messages. */
const MAX_BODY = 16 * 1024 * 1024;

/**
 * Sends a request of discord.js by Node's own `fetch`, which takes its forms with files as well. The answer is taken
 * whole: its time-out holds for the last byte too, and it can be read more than once. Raises what kept the request from
 * an answer (its cause, which discord.js can judge), or an error of its own for an answer that breaks off: discord.js
 * would send that request again.
 */
export async function makeRequest(url: string, init: RequestInit): Promise<Answer> {
  const response = await start(url, init);
  const bytes = await readWhole(response);
  const text = () => bytes.toString('utf8');
  return {
    status: response.status,
    statusText: response.statusText,
    ok: response.ok,
    headers: response.headers,
    body: null,
    bodyUsed: false,
    text: async () => text(),
    json: async () => JSON.parse(text()),
    arrayBuffer: async () => new Uint8Array(bytes).buffer,
  };
}

async function start(url: string, { method, headers, body, signal }: RequestInit): Promise<Response> {
  try {
    // The types of undici that discord.js brings differ from those of Node's copy; the objects do not.
    const init: object = { method, headers, body, signal, redirect: 'manual' };
    return await fetch(url, init);
  } catch (error) {
    throw reasonOf(error);
  }
}

/** `fetch` hides what went wrong in the cause. */
function reasonOf(error: unknown): unknown {
  return error instanceof TypeError && error.cause instanceof Error ? error.cause : error;
}

async function readWhole(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > MAX_BODY) throw new Error('the answer is too large');
      chunks.push(chunk);
    }
  } catch (error) {
    throw new Error('the answer broke off', { cause: reasonOf(error) });
  }
  return Buffer.concat(chunks);
}
