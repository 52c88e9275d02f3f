import samplePapers from './sample-papers.json' with { type: 'json' };
import type { RawItem } from './server.ts';

/** The sample papers as Hugging Face would list them on `day`, most upvoted first. */
export function buildSampleDay(day: string): readonly RawItem[] {
  return samplePapers.map(({ id, title, abstract, summary, authors, ...paper }) => ({
    paper: {
      id,
      title,
      summary: abstract,
      ai_summary: summary,
      ai_keywords: [],
      authors: authors.map((name) => ({ name, hidden: false })),
      publishedAt: `${paper.publishedOn}T00:00:00.000Z`,
      submittedOnDailyAt: `${day}T00:00:00.000Z`,
      upvotes: paper.upvotes,
      ...(paper.organization === undefined ? {} : { organization: paper.organization }),
      mediaUrls: [`https://cdn-uploads.huggingface.co/sample/${paper.figure}-${id}.png`],
      ...(paper.code === undefined ? {} : { githubRepo: paper.code, githubStars: paper.stars }),
    },
    title,
    summary: abstract,
    thumbnail: `https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/${id}.png`,
    numComments: paper.comments,
  }));
}
