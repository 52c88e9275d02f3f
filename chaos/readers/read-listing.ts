import type { Instant } from '../audit/calendar.ts';
import type { ListedPaper, Listing, Visit } from '../audit/history.ts';
import { type Item, ListAnswer, PaperAnswer } from '../schema.ts';

/** A request to Hugging Face, and its answer where one was passed on whole. */
interface Exchange {
  readonly path: string;
  readonly answer?: { readonly status: number; readonly body: string; readonly at: Instant };
}

/** A word of no text, so that no phrase reaches from one field into the next. */
const BREAK = ' fieldbreak ';

/** The list of a day that Hugging Face answered with, whole; undefined for any other exchange. */
export function readListing({ path, answer }: Exchange): Listing | undefined {
  const url = new URL(path, 'http://localhost');
  const day = url.searchParams.get('date');
  if (url.pathname !== '/api/daily_papers' || day === null || answer?.status !== 200) return undefined;
  const items = ListAnswer.safeParse(parseJson(answer.body));
  if (!items.success) return undefined;
  return { at: answer.at, day, papers: items.data.map((item) => readItem(item, day)) };
}

/** The same of one paper that it was asked for. */
export function readVisit({ path, answer }: Exchange): Visit | undefined {
  const { pathname } = new URL(path, 'http://localhost');
  if (!/^\/api\/papers\/[\d.]+$/.test(pathname) || answer?.status !== 200) return undefined;
  const paper = PaperAnswer.safeParse(parseJson(answer.body)).data;
  return paper && { at: answer.at, paper: readItem({ paper }, '') };
}

function readItem({ paper, organization: listed, numComments = 0 }: Item, day: string): ListedPaper {
  const organization = paper.organization ?? listed;
  const authors = (paper.authors ?? []).filter(({ hidden }) => hidden !== true).map(({ name }) => name);
  return {
    id: paper.id,
    listDay: paper.submittedOnDailyAt?.slice(0, 10) ?? day,
    upvotes: paper.upvotes,
    hasCode: (paper.githubRepo ?? '') !== '',
    text: [paper.title, paper.summary, paper.ai_summary ?? '', ...(paper.ai_keywords ?? [])].join(BREAK),
    names: [...authors, organization?.name ?? '', organization?.fullname ?? ''].join(BREAK),
    title: paper.title,
    abstract: paper.summary,
    summary: paper.ai_summary ?? '',
    by: [organization?.fullname ?? organization?.name ?? '', ...authors],
    comments: numComments,
    stars: paper.githubStars ?? 0,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
