import type { Listing } from './audit/history.ts';
import type { Exchange } from './fault-proxy.ts';
import { type Item, ListAnswer } from './schema.ts';

/** The list of a day that Hugging Face answered with, whole; undefined for any other exchange. */
export function readListing({ path, answer }: Exchange): Listing | undefined {
  const url = new URL(path, 'http://localhost');
  const day = url.searchParams.get('date');
  if (url.pathname !== '/api/daily_papers' || day === null || answer?.status !== 200) return undefined;
  const items = ListAnswer.safeParse(parseJson(answer.body));
  if (!items.success) return undefined;
  return { at: answer.at, day, papers: items.data.map((item) => readItem(item, day)) };
}

function readItem({ paper, ...extra }: Item, day: string) {
  return {
    id: paper.id,
    listDay: paper.submittedOnDailyAt?.slice(0, 10) ?? day,
    upvotes: paper.upvotes,
    text: [paper.title, paper.summary, JSON.stringify(extra)].join(' \n '),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
