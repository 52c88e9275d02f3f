import { addDays } from '../src/calendar/zoned-time.ts';
import type { Paper } from '../src/papers/paper.ts';
import { openSqliteArchive } from '../src/storage/archive/sqlite-paper-archive.ts';
import { HAS_COLLECTED, readAllPapers } from './read-collected.ts';

const SYNTHETIC_PAPERS = 8_677;
const PAPERS_A_DAY = 12;

/** Fills an archive with the collected lists, or with made-up papers where those are missing; how many it holds. */
export async function fillArchive(file: string): Promise<number> {
  const papers = HAS_COLLECTED ? await readAllPapers() : buildSynthetic();
  const { archive, close } = openSqliteArchive({ path: file });
  try {
    return archive.save(papers, Date.now()).length;
  } finally {
    await close();
  }
}

function buildSynthetic(): readonly Paper[] {
  return Array.from({ length: SYNTHETIC_PAPERS }, (_, index): Paper => {
    const id = `${2401 + Math.floor(index / 90_000)}.${String(index).padStart(5, '0')}`;
    const listDay = addDays('2024-03-12', Math.floor(index / PAPERS_A_DAY));
    return {
      id,
      title: `Paper ${index} about agents, diffusion and retrieval`,
      abstract: `What paper ${index} did, and what came of it. `.repeat(30),
      keywords: ['agents', 'diffusion', `keyword ${index % 500}`],
      authors: Array.from({ length: 6 }, (__, author) => `Author ${(index * 7 + author) % 9_000}`),
      upvotes: index % 120,
      comments: index % 5,
      imageUrl: `https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/${id}.png`,
      publishedOn: addDays(listDay, -1),
      listDay,
    };
  });
}
