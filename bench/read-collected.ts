import { createReadStream, existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { ListDay } from '../src/calendar/list-day.ts';
import type { Instant } from '../src/calendar/zoned-time.ts';
import type { Paper } from '../src/papers/paper.ts';
import { CollectedLine, DailyList } from './schema.ts';

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
async function* readCollected(): AsyncGenerator<Paper> {
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

/** The collected papers, then those of a folder of daily lists that are not among them. */
export async function* readPapers(lists?: string): AsyncGenerator<Paper> {
  const seen = new Set<string>();
  for await (const paper of readCollected()) {
    seen.add(paper.id);
    yield paper;
  }
  for (const paper of lists === undefined ? [] : readLists(lists)) {
    if (!seen.has(paper.id)) yield paper;
    seen.add(paper.id);
  }
}

/** A file is named after its list day, or its papers know theirs. */
function* readLists(folder: string): Generator<Paper> {
  if (!existsSync(folder)) throw new Error(`There is no folder ${folder}.`);
  for (const file of globSync(`${folder}/**/*.json`).toSorted()) {
    const [day] = /^\d{4}-\d{2}-\d{2}(?=\.json$)/.exec(path.basename(file)) ?? [];
    for (const paper of DailyList.parse(readFileSync(file, 'utf8'))) {
      yield { ...paper, listDay: day ?? paper.listDay ?? paper.publishedOn };
    }
  }
}

export async function readAllPapers(lists?: string): Promise<readonly Paper[]> {
  const papers: Paper[] = [];
  for await (const paper of readPapers(lists)) papers.push(paper);
  return papers;
}
