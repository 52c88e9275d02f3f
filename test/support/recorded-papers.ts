import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Paper } from '../../src/papers/paper.ts';
import { ListItem } from '../../src/sources/hugging-face/schema.ts';

const FILE = '../shared/data/huggingface/archive/daily-items-2024-03_2026-05.jsonl.gz';
const Line = z.object({ date: z.string(), item: ListItem });

/** Whether the recorded papers are at hand; tests that need them are skipped otherwise. */
export const HAS_RECORDED_PAPERS = existsSync(FILE);

/** Every recorded paper, as the source reads it, oldest list day first. */
export function readRecordedPapers(): readonly Paper[] {
  const lines = gunzipSync(readFileSync(FILE)).toString().trim().split('\n');
  return lines.map((line) => {
    const { date, item } = Line.parse(JSON.parse(line));
    return { listDay: date, ...item };
  });
}
