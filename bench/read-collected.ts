import { createReadStream, existsSync, globSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { ListDay } from '../src/calendar/list-day.ts';
import type { Instant } from '../src/calendar/zoned-time.ts';
import type { Paper } from '../src/papers/paper.ts';
import { CollectedLine } from './schema.ts';

const COLLECTED = path.join(import.meta.dirname, '../../shared/data/huggingface/archive');

/** Whether the collected lists are at hand. */
export const HAS_COLLECTED = existsSync(COLLECTED);

/** A list day as it was at an instant. */
export interface Recording {
  readonly day: ListDay;
  readonly at: Instant;
  readonly papers: readonly Paper[];
}

/** The collected papers one by one, oldest list day first, so that a process that reads them need not hold them. */
export async function* readCollected(): AsyncGenerator<Paper> {
  for await (const { date, item } of readLines()) yield { ...item, listDay: date };
}

/** The collected list days, the oldest first. */
export async function readRecordings(): Promise<readonly Recording[]> {
  const days = new Map<ListDay, Paper[]>();
  const instants = new Map<ListDay, Instant>();
  for await (const { date, fetchedAt, item } of readLines()) {
    days.set(date, [...(days.get(date) ?? []), { ...item, listDay: date }]);
    instants.set(date, Date.parse(fetchedAt));
  }
  return [...days].map(([day, papers]) => ({ day, at: instants.get(day) ?? 0, papers }));
}

async function* readLines(): AsyncGenerator<CollectedLine> {
  for (const file of globSync(`${COLLECTED}/*.jsonl.gz`)) {
    for await (const line of createInterface({ input: createReadStream(file).pipe(createGunzip()) })) {
      const read = CollectedLine.safeParse(line);
      if (read.success) yield read.data;
    }
  }
}

export async function readAllCollected(): Promise<readonly Paper[]> {
  const papers: Paper[] = [];
  for await (const paper of readCollected()) papers.push(paper);
  return papers;
}
