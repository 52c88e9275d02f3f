import type { Clock } from '../calendar/clock.ts';
import { type ListDay, listDayAt } from '../calendar/list-day.ts';
import { SourceError } from '../errors.ts';
import type { Paper } from '../papers/paper.ts';
import type { DayList, Heading, PaperSource } from '../papers/paper-source.ts';
import type { Allowance, HttpClient, JsonResponse } from './http-client.ts';
import { createBudget } from './hugging-face/budget.ts';
import { dateListed, withPossibleDay } from './hugging-face/date-papers.ts';
import { parseOutline } from './hugging-face/parse-outline.ts';
import { ErrorAnswer, Items, ListItem, SinglePaper } from './hugging-face/schema.ts';
import { addDays, MINUTE_MS } from '../calendar/zoned-time.ts';

const SOURCE = 'Hugging Face';
const MAX_PAGES = 20;
/** Of a day, which has 92 at most so far: a digest of thousands helps nobody. */
const MOST_ITEMS = 1000;
const TRENDING = 50;
/** A full text is a hundred kilobytes to read for the headings in it. */
const OUTLINES_KEPT = 200;

export interface HuggingFaceSourceOptions {
  /** May have a path, as a mirror does. */
  readonly endpoint: string;
  readonly token?: string | undefined;
  readonly http: HttpClient;
  readonly clock: Clock;
}

export function createHuggingFaceSource(options: HuggingFaceSourceOptions): PaperSource {
  const { http, token, clock } = options;
  const budget = createBudget(clock);
  const unknown = createUnknownPapers(clock);
  const outlines = new Map<string, readonly Heading[]>();
  const get = (url: URL, allowance: Allowance, signal?: AbortSignal): Promise<JsonResponse> =>
    http.getJson(url, { allowance, token, signal });
  const base = options.endpoint.replace(/[?#].*$/, '').replace(/\/*$/, '/');
  const address = (path: string) => new URL(path, base);
  const tomorrow = () => addDays(listDayAt(clock.now()), 1);

  async function getPapers(url: URL, allowance: Allowance, signal?: AbortSignal): Promise<readonly Paper[]> {
    const { papers } = readItems(await get(url, allowance, signal));
    return papers.map((paper) => withPossibleDay(paper, tomorrow()));
  }

  async function fetchDay(
    day: ListDay,
    allowance: Allowance,
    signal: AbortSignal | undefined,
  ): Promise<DayList> {
    const papers = new Map<string, Paper>();
    let dropped = 0;
    let room = MOST_ITEMS;
    let url: URL | undefined = address(`api/daily_papers?date=${day}&limit=100`);
    for (let page = 0; url !== undefined; page++) {
      if (page === MAX_PAGES) throw badResponse('the list does not end');
      const response: JsonResponse = await get(url, allowance, signal);
      if (page === 0 && day >= listDayAt(clock.now()) && isOwnError(response, 400))
        return { papers: [], dropped: 0 };
      const list = readItems(response, room);
      dropped += list.dropped;
      room -= list.items;
      for (const paper of list.papers) {
        if (!papers.has(paper.id)) papers.set(paper.id, paper);
      }
      url = list.items === 0 || room <= 0 ? undefined : nextPage(response.link, url);
    }
    return { papers: dateListed([...papers.values()], day, listDayAt(clock.now())), dropped };
  }

  async function fetchPaper(
    id: string,
    allowance: Allowance,
    signal: AbortSignal | undefined,
  ): Promise<Paper | undefined> {
    if (unknown.has(id)) return undefined;
    const response = await get(address(`api/papers/${encodeURIComponent(id)}`), allowance, signal);
    if (isOwnError(response, 404)) {
      unknown.add(id);
      return undefined;
    }
    const paper = SinglePaper.safeParse(response.body);
    if (response.status !== 200 || !paper.success) throw failure(response.status);
    return withPossibleDay(paper.data, tomorrow());
  }

  return {
    listDay: (day, signal) => fetchDay(day, budget.collect, signal),
    listOlderDay: (day, signal) => fetchDay(day, budget.older, signal),
    paper: (id, signal) => fetchPaper(id, budget.lookUp, signal),
    revisit: (id, signal) => fetchPaper(id, budget.revisit, signal),

    async outline(id, signal) {
      const known = outlines.get(id);
      if (known !== undefined) return known;
      const url = address(`papers/${encodeURIComponent(id)}.md`);
      const { status, body } = await http.getMarkdown(url, { allowance: budget.page, token, signal });
      if (status === 404) return [];
      if (status !== 200) throw failure(status);
      const outline = parseOutline(body);
      const [oldest = id] = outlines.keys();
      if (outlines.size >= OUTLINES_KEPT) outlines.delete(oldest);
      outlines.set(id, outline);
      return outline;
    },

    async trending(signal) {
      const url = address(`api/daily_papers?sort=trending&limit=${TRENDING}`);
      return await getPapers(url, budget.lookUp, signal);
    },

    async search(text, limit, signal) {
      const url = address('api/papers/search');
      url.searchParams.set('q', text.slice(0, 250));
      url.searchParams.set('limit', String(limit));
      return await getPapers(url, budget.search, signal);
    },
  };
}

interface ItemList {
  readonly papers: readonly Paper[];
  readonly dropped: number;
  /** In all, also those that were dropped. */
  readonly items: number;
}

/** A list of which nothing can be read is of another form, not a list of bad papers. Items after the first `most` are dropped. */
function readItems(response: JsonResponse, most = MOST_ITEMS): ItemList {
  const items = Items.safeParse(response.body);
  if (response.status !== 200 || !items.success) throw failure(response.status);
  const { length } = items.data;
  const papers = items.data.slice(0, most).flatMap((item) => ListItem.safeParse(item).data ?? []);
  if (papers.length === 0 && length > 0) throw badResponse('no paper of the list can be read');
  return { papers, dropped: length - papers.length, items: length };
}

/** A proxy or a captive portal answers with such statuses as well, and says nothing about papers. */
function isOwnError({ status, body }: JsonResponse, expected: number): boolean {
  return status === expected && ErrorAnswer.safeParse(body).success;
}

function failure(status: number): SourceError {
  if (status === 200) return badResponse('the answer has another form');
  return new SourceError(SOURCE, 'refused', { message: `${SOURCE}: status ${status}` });
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

interface UnknownPapers {
  has(id: string): boolean;
  add(id: string): void;
}

/** Hugging Face may index a paper any time. */
const KEPT_MS = 10 * MINUTE_MS;

/** Papers that the source did not know minutes ago. As many as the budget of look-ups lets through in that time. */
function createUnknownPapers(clock: Pick<Clock, 'monotonic'>): UnknownPapers {
  const askedAt = new Map<string, number>();
  const isOld = (at: number) => clock.monotonic() - at >= KEPT_MS;
  return {
    has: (id) => !isOld(askedAt.get(id) ?? -Infinity),
    add(id) {
      for (const [other, at] of askedAt) if (isOld(at)) askedAt.delete(other);
      askedAt.set(id, clock.monotonic());
    },
  };
}
