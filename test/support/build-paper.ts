import type { Paper } from '../../src/papers/paper.ts';

/** A paper with everything that every paper has, and what the test is about. */
export function buildPaper(about: Partial<Paper> & { readonly id: string }): Paper {
  return {
    title: `Paper ${about.id}`,
    abstract: 'What was done, and what came of it.',
    keywords: [],
    authors: ['Ada Lovelace'],
    upvotes: 0,
    comments: 0,
    imageUrl: `https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/${about.id}.png`,
    publishedOn: '2026-06-05',
    ...about,
  };
}
