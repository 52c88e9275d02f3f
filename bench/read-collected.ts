import { createReadStream, existsSync, globSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { Paper } from '../src/papers/paper.ts';
import { CollectedLine } from './schema.ts';

const COLLECTED = path.join(import.meta.dirname, '../../shared/data/huggingface/archive');

/** Whether the collected lists are at hand. */
export const HAS_COLLECTED = existsSync(COLLECTED);

/** The collected papers one by one, oldest list day first, so that a process that reads them need not hold them. */
export async function* readCollected(): AsyncGenerator<Paper> {
  for (const file of globSync(`${COLLECTED}/*.jsonl.gz`)) {
    for await (const line of createInterface({ input: createReadStream(file).pipe(createGunzip()) })) {
      const read = CollectedLine.safeParse(line);
      if (read.success) yield { ...read.data.item, listDay: read.data.date };
    }
  }
}

export async function readAllCollected(): Promise<readonly Paper[]> {
  const papers: Paper[] = [];
  for await (const paper of readCollected()) papers.push(paper);
  return papers;
}
