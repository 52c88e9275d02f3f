import { NO_LINKS, type Paper } from './paper.ts';

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
