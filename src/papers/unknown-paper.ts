import type { Paper } from './paper.ts';

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
