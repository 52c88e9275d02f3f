import { z } from 'zod';
import { isDay } from '../../calendar/is-day.ts';
import type { LinkedRepositories, Paper } from '../../papers/paper.ts';
import { normaliseRepository, normaliseText, normaliseUrl } from './normalise.ts';

const Text = z.string().optional().catch(undefined);
const Count = z.number().int().min(0).catch(0);
const Named = z
  .object({ name: z.string().min(1), fullname: Text })
  .optional()
  .catch(undefined);
const Urls = z.array(z.string()).catch([]);

/** An author that cannot be read costs the author, not the paper. */
const NOBODY = { name: '', hidden: true };

const RawPaper = z.object({
  id: z.string().regex(/^\d{4}\.\d{4,5}$/),
  title: z.string(),
  summary: z.string(),
  authors: z.array(z.object({ name: z.string(), hidden: z.boolean().catch(false) }).catch(NOBODY)),
  publishedAt: z.string().refine((text) => isDay(text.slice(0, 10))),
  submittedOnDailyAt: Text,
  submittedOnDailyBy: Named,
  upvotes: Count,
  ai_summary: Text,
  ai_keywords: Urls,
  githubRepo: Text,
  githubStars: z.number().int().min(0).optional().catch(undefined),
  projectPage: Text,
  organization: Named,
  mediaUrls: Urls,
});
const Extra = z.object({
  numComments: Count,
  thumbnail: Text,
  submittedBy: Named,
  organization: Named,
  mediaUrls: Urls,
});

/** One item of a list or of a search. */
export const ListItem = Extra.extend({ paper: RawPaper }).transform(({ paper, ...extra }) =>
  toPaper(paper, extra),
);

const LINKS_NAMED = 3;
/** An owner and a name, as they stand in addresses. */
const Repository = z.object({ id: z.string().regex(/^[\w.-]{1,96}\/[\w.-]{1,96}$/) });
const Repositories = z.array(z.unknown()).catch([]);

/** The answer of `/api/papers/{id}`. */
export const SinglePaper = RawPaper.extend({
  numComments: Count,
  thumbnail: Text,
  linkedModels: Repositories,
  numTotalModels: Count,
  linkedDatasets: Repositories,
  numTotalDatasets: Count,
  linkedSpaces: Repositories,
  numTotalSpaces: Count,
}).transform((paper): Paper => {
  const links = {
    models: toRepositories(paper.linkedModels, paper.numTotalModels),
    datasets: toRepositories(paper.linkedDatasets, paper.numTotalDatasets),
    spaces: toRepositories(paper.linkedSpaces, paper.numTotalSpaces),
  };
  return { ...toPaper(paper, { ...paper, submittedBy: undefined }), links };
});
export const Items = z.array(z.unknown());
/** How Hugging Face itself refuses a request. */
export const ErrorAnswer = z.object({ error: z.string() });

function toPaper(raw: z.infer<typeof RawPaper>, extra: z.infer<typeof Extra>): Paper {
  const summary = normaliseText(raw.ai_summary ?? '', 4000);
  const organization = person(raw.organization ?? extra.organization);
  const submitter = person(raw.submittedOnDailyBy ?? extra.submittedBy);
  const code = normaliseRepository(raw.githubRepo);
  const projectUrl = normaliseUrl(raw.projectPage);
  const listDay = raw.submittedOnDailyAt?.slice(0, 10);
  return {
    id: raw.id,
    title: normaliseText(raw.title, 1000) || raw.id,
    abstract: normaliseText(raw.summary, 20_000),
    keywords: texts(raw.ai_keywords, 100),
    authors: texts(
      raw.authors.filter(({ hidden }) => !hidden).map(({ name }) => name),
      1000,
    ),
    upvotes: raw.upvotes,
    comments: extra.numComments,
    imageUrl: imageUrl(raw.id, [...raw.mediaUrls, ...extra.mediaUrls], extra.thumbnail),
    publishedOn: raw.publishedAt.slice(0, 10),
    ...(summary === '' ? {} : { summary }),
    ...(organization && { organization }),
    ...(submitter && { submitter }),
    ...(code && {
      code: { url: code, ...(raw.githubStars === undefined ? {} : { stars: raw.githubStars }) },
    }),
    ...(projectUrl && { projectUrl }),
    ...(listDay !== undefined && isDay(listDay) ? { listDay } : {}),
  };
}

function toRepositories(all: readonly unknown[], count: number): LinkedRepositories {
  const names = all.flatMap((one) => Repository.safeParse(one).data?.id ?? []);
  return { count: Math.max(count, names.length), names: names.slice(0, LINKS_NAMED) };
}

function texts(all: readonly string[], max: number): readonly string[] {
  return all
    .slice(0, max)
    .map((text) => normaliseText(text, 200))
    .filter((text) => text !== '');
}

function person(named: z.infer<typeof Named>): { slug: string; name: string } | undefined {
  if (named === undefined) return undefined;
  const slug = normaliseText(named.name, 200);
  return slug === '' ? undefined : { slug, name: normaliseText(named.fullname ?? '', 200) || slug };
}

function imageUrl(id: string, media: readonly string[], thumbnail: string | undefined): string {
  const image = media.find((url) => /^\s*https:[^?#]*\.(?:png|jpe?g|gif|webp)\s*$/i.test(url));
  const chosen = normaliseUrl(image) ?? normaliseUrl(thumbnail);
  if (chosen?.startsWith('https:')) return chosen;
  return `https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/${id}.png`;
}
