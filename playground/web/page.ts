import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { drawFigure } from '../hugging-face/draw-figure.ts';
import { isRecord, type JsonRecord } from '../discord/state.ts';
import type { Reply, Verbs } from '../discord/interactions/interactions.ts';
import type { Filled } from '../discord/interactions/modals.ts';
import type { DiscordStandIn } from '../discord/server.ts';

type People = Pick<DiscordStandIn, 'adminId' | 'memberId' | 'visitorId'>;
type Discord = People & Pick<DiscordStandIn, 'state' | 'onChange' | 'act' | 'openDmWith' | 'votePoll'>;

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};
const FILE = /^\/(?:[a-z-]+\.(?:html|css|js))?$/;
const FIGURE = /^\/pictures\/([a-z]+)-([\d.]+)\.svg$/;
/** Pictures may come from elsewhere, as in Discord; nothing else may. */
const POLICY = "default-src 'self'; img-src 'self' data: https: http:; frame-ancestors 'none'";

/** Serves the page that shows the stand-in as a person sees it. The answer tells whether the request was the page's. */
export function createPage(
  discord: Discord,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    if (request.method === 'POST' && path.startsWith('/playground/')) {
      answerPost(discord, path, request).then(
        (body) => sendJson(response, 200, body),
        (error: unknown) =>
          sendJson(response, 400, { error: error instanceof Error ? error.message : String(error) }),
      );
      return true;
    }
    if (request.method !== 'GET') return false;
    if (path === '/playground/events') {
      streamState(discord, response);
      return true;
    }
    if (path === '/favicon.ico') {
      response.writeHead(204).end();
      return true;
    }
    const [, kind = '', seed = ''] = FIGURE.exec(path) ?? [];
    const figure = drawFigure(kind, seed);
    if (figure !== undefined) sendText(response, 'svg', figure);
    else if (FILE.test(path)) void sendFile(response, path === '/' ? 'index.html' : path.slice(1));
    else return false;
    return true;
  };
}

async function sendFile(response: ServerResponse, name: string): Promise<void> {
  try {
    const text = await readFile(new URL(name, import.meta.url), 'utf8');
    sendText(response, name.slice(name.lastIndexOf('.') + 1), text);
  } catch {
    sendJson(response, 404, { error: 'There is no such page' });
  }
}

function sendText(response: ServerResponse, ending: string, text: string): void {
  response.writeHead(200, {
    'content-type': TYPES[ending] ?? 'text/plain',
    'cache-control': 'no-store',
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** Sends the whole state at once and after each change; changes of one turn go together. */
function streamState(discord: Discord, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const { state, adminId, memberId, visitorId } = discord;
  let waiting = false;
  const send = () => {
    waiting = false;
    response.write(`data: ${JSON.stringify({ ...state, adminId, memberId, visitorId })}\n\n`);
  };
  const stop = discord.onChange(() => {
    if (waiting) return;
    waiting = true;
    setImmediate(send);
  });
  response.on('close', stop);
  send();
}

async function answerPost(discord: Discord, path: string, request: IncomingMessage): Promise<unknown> {
  // A form of another site cannot send this type without being asked first.
  if (request.headers['content-type'] !== 'application/json') throw new Error('JSON is needed');
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  const body: unknown = JSON.parse(text);
  if (!isRecord(body)) throw new Error('An object is needed');
  const userId = findPerson(discord, body['as']);
  if (path === '/playground/direct') return { channelId: discord.openDmWith(userId).id };
  if (path === '/playground/vote') {
    discord.votePoll(readText(body, 'messageId'), { userId, answerId: Number(body['answerId']) });
    return {};
  }
  const verbs = discord.act(userId, { channelId: readText(body, 'channelId') });
  const act = path.slice('/playground/'.length);
  if (!isAct(act)) throw new Error(`There is nothing at ${path}`);
  return ACTS[act](verbs, body);
}

function findPerson({ adminId, memberId, visitorId }: People, as: unknown): string {
  if (as === 'visitor') return visitorId;
  return as === 'member' ? memberId : adminId;
}

const ACTS = {
  async command(verbs: Verbs, body: JsonRecord) {
    return showForm(
      await verbs.runCommand(readText(body, 'name'), { ...readOptions(body), ...readFiles(body) }),
    );
  },
  async autocomplete(verbs: Verbs, body: JsonRecord) {
    const focused = readText(body, 'focused');
    return { choices: await verbs.autocomplete(readText(body, 'name'), readOptions(body), focused) };
  },
  async press(verbs: Verbs, body: JsonRecord) {
    return showForm(await verbs.press(readText(body, 'messageId'), readText(body, 'customId')));
  },
  async 'message-command'(verbs: Verbs, body: JsonRecord) {
    await verbs.messageCommand(readText(body, 'name'), readText(body, 'messageId'));
    return {};
  },
  async choose(verbs: Verbs, body: JsonRecord) {
    const values = Array.isArray(body['values']) ? body['values'].map(String) : [];
    return showForm(await verbs.choose(readText(body, 'messageId'), readText(body, 'customId'), values));
  },
  async submit(verbs: Verbs, body: JsonRecord) {
    await verbs.submit(readText(body, 'formId'), readFilled(body));
    return {};
  },
};

/** The form that the answer opens, if it opens one. */
function showForm({ form }: Reply): JsonRecord {
  return form === undefined ? {} : { form: { id: form.id, modal: form.modal } };
}

function readFilled(body: JsonRecord): Filled {
  const entries = Object.entries(readOptions({ options: body['filled'] }));
  return Object.fromEntries(
    entries.map(([id, value]) => [id, Array.isArray(value) ? value.map(String) : String(value)]),
  );
}

const isAct = (name: string): name is keyof typeof ACTS => Object.hasOwn(ACTS, name);

function readOptions(body: JsonRecord): Record<string, unknown> {
  return { ...(isRecord(body['options']) ? body['options'] : {}) };
}

/** The options that take a file. */
function readFiles(body: JsonRecord): Record<string, File> {
  const entries = Object.entries(readOptions({ options: body['files'] }));
  return Object.fromEntries(
    entries.map(([option, value]) => {
      const { name, type, base64 } = isRecord(value) ? value : {};
      if (typeof name !== 'string' || typeof type !== 'string' || typeof base64 !== 'string')
        throw new Error(`${option} is no file`);
      return [option, new File([Buffer.from(base64, 'base64')], name, { type })];
    }),
  );
}

function readText(body: JsonRecord, key: string): string {
  const value = body[key];
  if (typeof value !== 'string' || value === '') throw new Error(`${key} is needed`);
  return value;
}
