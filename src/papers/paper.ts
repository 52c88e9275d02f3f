import type { ListDay } from '../calendar/list-day.ts';
import type { Day, Instant } from '../calendar/zoned-time.ts';

/**
 * One arXiv paper as Hugging Face lists it. All texts are normalised: one line, single spaces, no control, bidi or
 * zero-width characters, well-formed UTF-16. They are still somebody else's words: escape them where they are shown.
 */
export interface Paper {
  /** arXiv id without a version, such as `2605.30349`. */
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  /** Hugging Face's `ai_summary`; missing for weeks at a time. */
  readonly summary?: string;
  readonly keywords: readonly string[];
  /** Visible authors in the paper's order. */
  readonly authors: readonly string[];
  readonly organization?: Organization;
  readonly submitter?: Submitter;
  readonly upvotes: number;
  readonly comments: number;
  readonly code?: CodeRepository;
  /** https or http. */
  readonly projectUrl?: string;
  /** https; an image that Discord can show. */
  readonly imageUrl: string;
  /** The day of arXiv's first version. */
  readonly publishedOn: Day;
  /** The list day that the source gives; absent for a paper that was never listed. */
  readonly listDay?: ListDay;
  /** Absent where nobody has asked yet: lists of papers do not tell. */
  readonly links?: PaperLinks;
}

/** What on Hugging Face names the paper as its own. */
export interface PaperLinks {
  readonly models: LinkedRepositories;
  readonly datasets: LinkedRepositories;
  readonly spaces: LinkedRepositories;
}

export interface LinkedRepositories {
  readonly count: number;
  /** The first three, such as `lerobot/pi0_old`. */
  readonly names: readonly string[];
}

export const NO_LINKS: PaperLinks = {
  models: { count: 0, names: [] },
  datasets: { count: 0, names: [] },
  spaces: { count: 0, names: [] },
};

interface Organization {
  /** The name in URLs, such as `nvidia`. */
  readonly slug: string;
  readonly name: string;
}

interface Submitter {
  /** The name in URLs, such as `taesiri`. */
  readonly slug: string;
  readonly name: string;
}

export interface CodeRepository {
  readonly url: string;
  readonly stars?: number;
}

/** A paper as the archive has it; `listDay` is the newest one it was ever seen on. */
export interface ArchivedPaper extends Paper {
  /** When it was first seen listed; for one that never was, when a look-up or a search found it. */
  readonly firstSeenAt: Instant;
  /** When the source was last asked for `links`. */
  readonly linksAskedAt?: Instant;
}

/**
 * A paper with what its own page tells of it, or nothing where the source does not know it any more: its links, its code,
 * and its votes, which lists tell for a week only.
 */
export function mergeVisit(paper: Paper, visited: Paper | undefined): Paper {
  const code = visited?.code ?? paper.code;
  return {
    ...paper,
    links: visited?.links ?? NO_LINKS,
    upvotes: Math.max(paper.upvotes, visited?.upvotes ?? 0),
    ...(code === undefined ? {} : { code }),
  };
}

/** A paper of which only the id is known, such as after the archive was lost. */
export function buildUnknownPaper(id: string): Paper {
  return {
    id,
    title: `arXiv:${id}`,
    abstract: '',
    keywords: [],
    authors: [],
    imageUrl: '',
    upvotes: 0,
    comments: 0,
    publishedOn: `20${id.slice(0, 2)}-${id.slice(2, 4)}-01`,
  };
}
