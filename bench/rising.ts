import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addDays } from '../src/calendar/zoned-time.ts';
import { parsePaperId } from '../src/papers/parse-paper-id.ts';
import { topTenthFrom } from '../src/papers/rising.ts';
import { openSqliteArchive } from '../src/storage/archive/sqlite-paper-archive.ts';
import { parseQuery } from '../src/topics/query/parse-query.ts';
import type { BenchOptions, Figure } from './figure.ts';
import { HAS_COLLECTED, readRecordings, type Recording } from './read-collected.ts';
import { LaterDay } from './schema.ts';

const DAYS_A_WEEK = 5;

/** A paper of a list day, when the day was recorded and in the end. */
interface Outcome {
  readonly votes: number;
  readonly isRising: boolean;
  readonly endsOnTop: boolean;
}

/**
 * How many papers `rising:yes` finds when a list day is recorded, and how many of them end in the top tenth of their day,
 * beside a fixed number of votes that is chosen to find as many.
 */
export async function measureRising({ later }: BenchOptions): Promise<readonly Figure[]> {
  if (!HAS_COLLECTED) {
    throw new Error('The rising bench needs the collected papers in ../shared/data, which is not there.');
  }
  const risings = await replay(await readRecordings());
  const all = [...risings.values()].reduce((sum, { rising }) => sum + rising.size, 0);
  const figures = [
    { figure: 'days', value: risings.size, unit: '' },
    { figure: 'per_week', value: perWeek(all, risings.size), unit: '' },
  ];
  if (later === undefined) return figures;

  const days = [...risings].flatMap(([day, { recording, rising }]) => {
    const ends = readLater(path.join(later, `${day}.json`));
    return ends === undefined ? [] : [judgeDay(recording, rising, ends)];
  });
  const outcomes = days.flat();
  const found = outcomes.filter(({ isRising }) => isRising);
  const threshold = findThreshold(outcomes, found.length);
  const plain = outcomes.filter(({ votes }) => votes >= threshold);
  return [
    ...figures,
    { figure: 'later.days', value: days.length, unit: '' },
    { figure: 'later.per_week', value: perWeek(found.length, days.length), unit: '' },
    { figure: 'top_tenth', value: shareOnTop(found), unit: '' },
    { figure: 'plain.votes', value: threshold, unit: '' },
    { figure: 'plain.per_week', value: perWeek(plain.length, days.length), unit: '' },
    { figure: 'plain.top_tenth', value: shareOnTop(plain), unit: '' },
  ];
}

/** Each day is collected when it was recorded; what rises is asked then. */
async function replay(recordings: readonly Recording[]) {
  const folder = mkdtempSync(path.join(tmpdir(), 'paperboy-bench-'));
  const { archive, search, close } = openSqliteArchive({ path: path.join(folder, 'archive.sqlite') });
  try {
    const risings = new Map<string, { recording: Recording; rising: ReadonlySet<string> }>();
    for (const recording of recordings) {
      const { day, at, papers } = recording;
      archive.save(papers, at);
      archive.recordCollectedDay(day, at);
      const found = await search.match(parseQuery('rising:yes'), { after: addDays(day, -1), until: day });
      risings.set(day, { recording, rising: new Set(found.map(({ id }) => id)) });
    }
    return risings;
  } finally {
    await close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The votes that the papers of a day have in the end, by their ids. */
function readLater(file: string): ReadonlyMap<string, number> | undefined {
  if (!existsSync(file)) return undefined;
  const { papers } = LaterDay.parse(readFileSync(file, 'utf8'));
  return new Map(papers.map(({ url, upvotes }) => [parsePaperId(url) ?? url, upvotes]));
}

function judgeDay(
  { papers }: Recording,
  rising: ReadonlySet<string>,
  ends: ReadonlyMap<string, number>,
): readonly Outcome[] {
  const from = topTenthFrom([...ends.values()]) ?? Infinity;
  return papers.flatMap(({ id, upvotes }) => {
    const end = ends.get(id);
    if (end === undefined) return [];
    return [{ votes: upvotes, isRising: rising.has(id), endsOnTop: end >= from }];
  });
}

/** The votes that nearest to so many papers have. */
function findThreshold(outcomes: readonly Outcome[], wanted: number): number {
  const distance = (threshold: number): number =>
    Math.abs(outcomes.filter(({ votes }) => votes >= threshold).length - wanted);
  const thresholds = [...new Set(outcomes.map(({ votes }) => votes))];
  return thresholds.toSorted((a, b) => distance(a) - distance(b))[0] ?? 0;
}

function perWeek(papers: number, days: number): number {
  return Number(((papers / days) * DAYS_A_WEEK).toFixed(1));
}

function shareOnTop(outcomes: readonly Outcome[]): number {
  return Number((outcomes.filter(({ endsOnTop }) => endsOnTop).length / outcomes.length).toFixed(3));
}
