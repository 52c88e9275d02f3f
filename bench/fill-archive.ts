import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { addDays } from '../src/calendar/zoned-time.ts';
import type { Paper } from '../src/papers/paper.ts';
import { openSqliteArchive } from '../src/storage/sqlite-paper-archive.ts';
import { CollectedLine } from './schema.ts';

const COLLECTED = path.join(import.meta.dirname, '../../shared/data/huggingface/archive');
const SYNTHETIC_PAPERS = 8_677;
const PAPERS_A_DAY = 12;

/** Fills an archive with the collected lists, or with made-up papers where those are missing; how many it holds. */
export function fillArchive(file: string): number {
  const papers = existsSync(COLLECTED) ? readCollected() : buildSynthetic();
  const { archive, close } = openSqliteArchive({ path: file });
  try {
    return archive.save(papers, Date.now()).length;
  } finally {
    close();
  }
}

function readCollected(): readonly Paper[] {
  const lines = globSync(`${COLLECTED}/*.jsonl.gz`).flatMap((file) =>
    gunzipSync(readFileSync(file)).toString('utf8').split('\n'),
  );
  return lines.flatMap((line) => {
    if (line === '') return [];
    const read = CollectedLine.safeParse(line);
    return read.success ? [{ ...read.data.item, listDay: read.data.date }] : [];
  });
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
