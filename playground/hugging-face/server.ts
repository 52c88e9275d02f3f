import { createServer, type ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';

/** An item as Hugging Face lists it; only what the stand-in itself reads is named. */
export interface RawItem {
  readonly paper: { readonly id: string; readonly title: string; readonly upvotes?: number };
}

/** How the next requests go wrong; `times` is how many of them (default: until changed). */
export interface HuggingFaceFailure {
  readonly status?: number;
  readonly delayMs?: number;
  readonly body?: 'cut-off' | 'garbage';
  readonly times?: number;
  /** Which of them, by path and query (default: all). */
  readonly route?: RegExp;
}

export interface HuggingFaceStandIn {
  readonly url: string;
  /** The path and query of every request so far. */
  readonly requests: readonly string[];
  setDay(day: string, items: readonly RawItem[]): void;
  /** Papers that no day lists; the search and their own address know them. */
  setSearchable(items: readonly RawItem[]): void;
  fail(failure: HuggingFaceFailure | undefined): void;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Serves days of papers as https://huggingface.co/api/daily_papers does. */
export async function startHuggingFace(options: {
  days: ReadonlyMap<string, readonly RawItem[]>;
  now?: () => number;
  port?: number;
}): Promise<HuggingFaceStandIn> {
  const days = new Map(options.days);
  const now = options.now ?? Date.now;
  const requests: string[] = [];
  let unlisted: readonly RawItem[] = [];
  let failure: HuggingFaceFailure | undefined;
  let left = 0;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
    requests.push(url.pathname + url.search);
    const fits = failure?.route?.test(url.pathname + url.search) ?? true;
    const present = left > 0 && fits ? failure : undefined;
    if (fits) left -= 1;
    void respond(response, present, () => answer(url, { days, unlisted, now: now() }));
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    setDay: (day, items) => void days.set(day, items),
    setSearchable(items) {
      unlisted = items;
    },
    fail(next) {
      failure = next;
      left = next?.times ?? Infinity;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function respond(
  response: ServerResponse,
  failure: HuggingFaceFailure | undefined,
  build: () => Answer,
): Promise<void> {
  if (failure?.delayMs !== undefined) await setTimeout(failure.delayMs);
  const { status, body, headers } = failed(failure) ?? build();
  const written = typeof body === 'string' ? body : JSON.stringify(body);
  const text = failure?.body === 'garbage' ? '<html>not JSON' : written;
  const length = Buffer.byteLength(text);
  const type = failure?.body === 'garbage' ? 'text/html' : 'application/json';
  response.writeHead(status, { 'content-type': type, 'content-length': length, ...headers });
  if (failure?.body !== 'cut-off') return void response.end(text);
  response.write(text.slice(0, text.length / 2), () => response.destroy());
}

function failed(failure: HuggingFaceFailure | undefined): Answer | undefined {
  if (failure?.status === undefined) return undefined;
  const headers: Record<string, string> =
    failure.status === 429
      ? { RateLimit: '"api";r=0;t=1', 'RateLimit-Policy': '"fixed window";"api";q=500;w=300' }
      : {};
  return { status: failure.status, body: { error: `Failed with ${failure.status}` }, headers };
}

interface Shelf {
  readonly days: ReadonlyMap<string, readonly RawItem[]>;
  readonly unlisted: readonly RawItem[];
  readonly now: number;
}

function answer(url: URL, { days, unlisted, now }: Shelf): Answer {
  if (url.pathname === '/api/daily_papers') return list(url, days, now);
  const items = [...[...days.values()].flat(), ...unlisted];
  if (url.pathname === '/api/papers/search') return search(url, items);
  const text = /^\/papers\/([^/]+)\.md$/.exec(url.pathname)?.[1];
  if (text !== undefined) return fullText(items.find(({ paper }) => paper.id === text));
  const id = /^\/api\/papers\/([^/]+)$/.exec(url.pathname)?.[1];
  const item = items.find(({ paper }) => paper.id === id);
  if (item !== undefined) return { status: 200, body: item.paper };
  return { status: 404, body: { error: id === undefined ? 'Not found' : 'Paper not found.' } };
}

/** Every paper of the stand-in has the same parts. */
function fullText(item: RawItem | undefined): Answer {
  if (item === undefined) return { status: 404, body: 'Not found' };
  const parts = ['## 1 Introduction', '## 2 Method', '### 2.1 Data', '### 2.2 Training', '## 3 Results'];
  return { status: 200, body: [`# ${item.paper.title}`, ...parts].join('\n\n') };
}

/** The papers whose titles have all the words. A search does not tell who submitted a paper. */
function search(url: URL, items: readonly RawItem[]): Answer {
  const text = url.searchParams.get('q') ?? '';
  const limit = Number(url.searchParams.get('limit') ?? 20);
  if (text.length > 250) return refused('Too big: expected string to have <=250 characters', 'q');
  if (!(limit >= 1 && limit <= 120)) return refused('Too big: expected number to be <=120', 'limit');
  const words = text.toLowerCase().split(/\s+/);
  const found = items.filter(({ paper }) => words.every((word) => paper.title.toLowerCase().includes(word)));
  const shown = found
    .slice(0, limit)
    .map((item) => Object.fromEntries(Object.entries(item).filter(([key]) => key !== 'submittedBy')));
  return { status: 200, body: shown };
}

function list(url: URL, days: ReadonlyMap<string, readonly RawItem[]>, now: number): Answer {
  const limit = Number(url.searchParams.get('limit') ?? 50);
  const page = Number(url.searchParams.get('p') ?? 0);
  const date = url.searchParams.get('date');
  if (limit > 100) return refused('Too big: expected number to be <=100', 'limit');
  if (!(limit >= 1 && page >= 0)) return refused('Invalid input', 'limit');
  if (date !== null && Number.isNaN(Date.parse(date))) return refused('Invalid date', 'date');
  if (date !== null && Date.parse(date) > now) return refused('Too big: date is in the future', 'date');
  const newest = [...days.keys()].toSorted().at(-1) ?? '';
  const isTrending = url.searchParams.get('sort') === 'trending';
  const listed = isTrending ? [...days.values()].flat() : (days.get(date ?? newest) ?? []);
  const items = listed.toSorted((one, other) => (other.paper.upvotes ?? 0) - (one.paper.upvotes ?? 0));
  const body = items.slice(page * limit, (page + 1) * limit);
  if ((page + 1) * limit >= items.length) return { status: 200, body };
  const next = new URL(url);
  next.searchParams.set('p', String(page + 1));
  return { status: 200, body, headers: { Link: `<${next.href}>; rel="next"` } };
}

function refused(message: string, field: string): Answer {
  return { status: 400, body: { error: `✖ ${message}\n  → at ${field}` } };
}
