import { SourceError } from '../errors.ts';
import type { Paper } from '../papers/paper.ts';
import type { PaperSource } from '../papers/paper-source.ts';
import type { HttpClient, JsonResponse } from './http-client.ts';
import { Items, ListItem, SinglePaper } from './hugging-face/schema.ts';

const SOURCE = 'Hugging Face';
const MAX_PAGES = 20;

export interface HuggingFaceSourceOptions {
  /** May have a path, as a mirror does. */
  readonly endpoint: string;
  readonly token?: string | undefined;
  readonly http: HttpClient;
  /** The first list day for which a 400 means "not open yet". */
  readonly today: () => string;
}

export function createHuggingFaceSource(options: HuggingFaceSourceOptions): PaperSource {
  const get = (url: URL, signal?: AbortSignal): Promise<JsonResponse> =>
    options.http.getJson(url, { token: options.token, signal });
  const base = options.endpoint.replace(/[?#].*$/, '').replace(/\/*$/, '/');
  const address = (path: string) => new URL(path, base);
  return {
    async listDay(day, signal) {
      const papers = new Map<string, Paper>();
      let dropped = 0;
      let url: URL | undefined = address(`api/daily_papers?date=${day}&limit=100`);
      for (let page = 0; url !== undefined; page++) {
        if (page === MAX_PAGES) throw badResponse('the list does not end');
        const response: JsonResponse = await get(url, signal);
        if (response.status === 400 && page === 0 && day >= options.today())
          return { papers: [], dropped: 0 };
        const list = readItems(response);
        dropped += list.dropped;
        for (const paper of list.papers) {
          if (!papers.has(paper.id)) papers.set(paper.id, { ...paper, listDay: paper.listDay ?? day });
        }
        url = list.isEmpty ? undefined : nextPage(response.link, url);
      }
      return { papers: [...papers.values()], dropped };
    },

    async paper(id, signal) {
      const response = await get(address(`api/papers/${encodeURIComponent(id)}`), signal);
      if (response.status === 404) return undefined;
      const paper = SinglePaper.safeParse(response.body);
      if (response.status !== 200 || !paper.success) throw failure(response.status);
      return paper.data;
    },

    async search(text, limit, signal) {
      const url = address('api/papers/search');
      url.searchParams.set('q', text.slice(0, 250));
      url.searchParams.set('limit', String(limit));
      return readItems(await get(url, signal)).papers;
    },
  };
}

interface ItemList {
  readonly papers: readonly Paper[];
  readonly dropped: number;
  readonly isEmpty: boolean;
}

/** A list of which nothing can be read is of another form, not a list of bad papers. */
function readItems(response: JsonResponse): ItemList {
  const items = Items.safeParse(response.body);
  if (response.status !== 200 || !items.success) throw failure(response.status);
  const papers = items.data.flatMap((item) => ListItem.safeParse(item).data ?? []);
  const isEmpty = items.data.length === 0;
  if (papers.length === 0 && !isEmpty) throw badResponse('no paper of the list can be read');
  return { papers, dropped: items.data.length - papers.length, isEmpty };
}

function failure(status: number): SourceError {
  if (status === 200) return badResponse('the answer has another form');
  return new SourceError(SOURCE, status === 404 ? 'not-found' : 'refused', {
    message: `${SOURCE}: status ${status}`,
  });
}

function badResponse(what: string): SourceError {
  return new SourceError(SOURCE, 'bad-response', { message: `${SOURCE}: ${what}` });
}

/** The next page that a `Link` header names, on the same host: others do not get the token. */
function nextPage(link: string | undefined, from: URL): URL | undefined {
  if (!/\brel\s*=\s*"?[^",;]*\bnext\b/i.test(link ?? '')) return undefined;
  const target = /<([^<>]*)>\s*(?:;[^<,]*)*;\s*rel\s*=\s*"?next\b/i.exec(link ?? '')?.[1];
  const next = target !== undefined && URL.canParse(target, from.href) ? new URL(target, from) : undefined;
  if (next === undefined || next.origin !== from.origin) throw badResponse('the next page cannot be read');
  return next;
}
