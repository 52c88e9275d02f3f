import { SourceError } from '../errors.ts';
import type { Paper } from '../papers/paper.ts';
import type { PaperSource } from '../papers/paper-source.ts';
import type { HttpClient, JsonResponse } from './http-client.ts';
import { Items, ListItem, SinglePaper } from './hugging-face/schema.ts';

const SOURCE = 'Hugging Face';
const MAX_PAGES = 20;

export interface HuggingFaceSourceOptions {
  readonly endpoint: string;
  readonly token?: string | undefined;
  readonly http: HttpClient;
  /** The first list day for which a 400 means "not open yet". */
  readonly today: () => string;
}

export function createHuggingFaceSource(options: HuggingFaceSourceOptions): PaperSource {
  const get = (url: URL, signal?: AbortSignal): Promise<JsonResponse> =>
    options.http.getJson(url, { token: options.token, signal });
  return {
    async listDay(day, signal) {
      const papers = new Map<string, Paper>();
      let dropped = 0;
      let url: URL | undefined = new URL(`/api/daily_papers?date=${day}&limit=100`, options.endpoint);
      for (let page = 0; url !== undefined && page < MAX_PAGES; page++) {
        const response: JsonResponse = await get(url, signal);
        if (response.status === 400 && page === 0 && day >= options.today())
          return { papers: [], dropped: 0 };
        const list = readItems(response);
        dropped += list.dropped;
        for (const paper of list.papers) {
          if (!papers.has(paper.id)) papers.set(paper.id, { ...paper, listDay: paper.listDay ?? day });
        }
        url = nextPage(response.link, url);
      }
      return { papers: [...papers.values()], dropped };
    },

    async paper(id, signal) {
      const response = await get(new URL(`/api/papers/${encodeURIComponent(id)}`, options.endpoint), signal);
      if (response.status === 404) return undefined;
      const paper = SinglePaper.safeParse(response.body);
      if (response.status !== 200 || !paper.success) throw failure(response.status);
      return paper.data;
    },

    async search(text, limit, signal) {
      const url = new URL('/api/papers/search', options.endpoint);
      url.searchParams.set('q', text.slice(0, 250));
      url.searchParams.set('limit', String(limit));
      return readItems(await get(url, signal)).papers;
    },
  };
}

function readItems(response: JsonResponse): { papers: readonly Paper[]; dropped: number } {
  const items = Items.safeParse(response.body);
  if (response.status !== 200 || !items.success) throw failure(response.status);
  const papers = items.data.flatMap((item) => ListItem.safeParse(item).data ?? []);
  return { papers, dropped: items.data.length - papers.length };
}

function failure(status: number): SourceError {
  if (status === 200) return new SourceError(SOURCE, 'bad-response');
  return new SourceError(SOURCE, status === 404 ? 'not-found' : 'refused', {
    message: `${SOURCE}: status ${status}`,
  });
}

function nextPage(link: string | undefined, from: URL): URL | undefined {
  const target = /<([^>]*)>\s*;\s*rel="?next"?/i.exec(link ?? '')?.[1];
  if (target === undefined || !URL.canParse(target, from.href)) return undefined;
  const next = new URL(target, from);
  return next.origin === from.origin ? next : undefined;
}
