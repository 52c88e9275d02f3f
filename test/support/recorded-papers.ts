import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Paper } from '../../src/papers/paper.ts';
import { ListItem } from '../../src/sources/hugging-face/schema.ts';

const FILE = '../shared/data/huggingface/archive/daily-items-2024-03_2026-05.jsonl.gz';
const Line = z.object({ date: z.string(), item: z.unknown() });

/** Whether the recorded papers are at hand; tests that need them are skipped otherwise. */
export const HAS_RECORDED_PAPERS = existsSync(FILE);

/** Every recorded paper of the list days after `after`, as the source reads it, oldest list day first. */
export function readRecordedPapers(after = ''): readonly Paper[] {
  const lines = gunzipSync(readFileSync(FILE)).toString().trim().split('\n');
  return lines.flatMap((line) => {
    const { date, item } = Line.parse(JSON.parse(line));
    return date > after ? [{ listDay: date, ...ListItem.parse(item) }] : [];
  });
}
