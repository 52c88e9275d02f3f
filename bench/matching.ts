import path from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { ArchivedPaper } from '../src/papers/paper.ts';
import type { PaperArchive } from '../src/papers/paper-archive.ts';
import { openSqliteArchive, type SqliteArchive } from '../src/storage/archive/sqlite-paper-archive.ts';
import type { ListDayRange, PaperSearch, MatchTopics, MatchedPaper } from '../src/topics/paper-search.ts';
import { parseQuery } from '../src/topics/query/parse-query.ts';
import { addDays } from '../src/calendar/zoned-time.ts';
import { buildTopics } from './build-topics.ts';
import type { Figure } from './figure.ts';
import { fillArchive } from './fill-archive.ts';

const SIZES = [1_000, 10_000, 100_000];
const CHECKED = 1_000;
const FULL_DAY = 50;
const RUNS = 3;

type Answers = Awaited<ReturnType<MatchTopics>>;
type Ids = ReadonlyMap<string, readonly { readonly id: string }[] | 'failed'>;

interface Run {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** The longest that anything else in the bot had to wait for its turn. */
  readonly stallMs: number;
  readonly answers: Answers;
}

/** How long topics take against the papers of a day, beside each of them against the whole archive. */
export async function measureMatching(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'paperboy-bench-'));
  const file = path.join(folder, 'archive.sqlite');
  try {
    await fillArchive(file);
    const archive = openSqliteArchive({ path: file });
    const { day, papers } = findFullDay(archive.archive);
    const range = { after: addDays(day, -1), until: day };
    const topics = buildTopics(readAll(archive.archive), Math.max(...SIZES));
    const whole = await measureArchive(archive.search, topics.slice(0, CHECKED), range);
    await archive.close();

    const figures: Figure[] = [
      { figure: 'papers', value: papers, unit: '' },
      { figure: `archive.seconds.${CHECKED}`, value: round(whole.seconds), unit: 's' },
    ];
    for (const size of SIZES) {
      const run = await measureSize(file, topics.slice(0, size), range);
      figures.push(...report(size, run));
      if (size === CHECKED) {
        const value = countDisagreements(whole.answers, run.answers);
        figures.push({ figure: 'disagreements', value, unit: '' });
      }
    }
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readAll(archive: PaperArchive): readonly ArchivedPaper[] {
  return archive.days(10_000).flatMap(({ day }) => archive.papersOfDay(day));
}

/** The newest day with as many papers, else the fullest one. */
function findFullDay(archive: PaperArchive): { readonly day: string; readonly papers: number } {
  const days = archive.days(10_000);
  const fullest = days.toSorted((a, b) => b.papers - a.papers)[0];
  const found = days.find(({ papers }) => papers >= FULL_DAY) ?? fullest;
  if (found === undefined) throw new Error('The archive is empty.');
  return found;
}

/** The queries are parsed beforehand. */
async function measureArchive(search: PaperSearch, topics: readonly string[], range: ListDayRange) {
  const queries = topics.map((topic) => [topic, parseQuery(topic)] as const);
  const answers = new Map<string, readonly MatchedPaper[]>();
  const startedAt = performance.now();
  for (const [topic, query] of queries) answers.set(topic, await search.match(query, range));
  return { seconds: (performance.now() - startedAt) / 1000, answers };
}

/** The run in the middle by time. Before each one the archive is written to, so that nothing is kept. */
async function measureSize(file: string, topics: readonly string[], range: ListDayRange): Promise<Run> {
  const archive = openSqliteArchive({ path: file });
  try {
    await archive.matchTopics([], range);
    const runs: Run[] = [];
    for (let done = 0; done < RUNS; done += 1) {
      archive.archive.recordCollection(Date.now());
      runs.push(await measureRun(archive, topics, range));
    }
    const middle = runs.toSorted((a, b) => a.seconds - b.seconds)[Math.floor(RUNS / 2)];
    if (middle === undefined) throw new Error('There was no run.');
    return middle;
  } finally {
    await archive.close();
  }
}

/** Beside the matching something else takes its turn whenever it can. */
async function measureRun(
  { matchTopics }: SqliteArchive,
  topics: readonly string[],
  range: ListDayRange,
): Promise<Run> {
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  let stallMs = 0;
  let turnAt = startedAt;
  const takeTurn = (): void => {
    stallMs = Math.max(stallMs, performance.now() - turnAt);
    turnAt = performance.now();
    turn = setImmediate(takeTurn);
  };
  let turn = setImmediate(takeTurn);
  const answers = await matchTopics(topics, range);
  clearImmediate(turn);
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - startedAt) / 1000;
  return { seconds, cpuSeconds: (user + system) / 1e6, stallMs, answers };
}

function report(size: number, { seconds, cpuSeconds, stallMs, answers }: Run): readonly Figure[] {
  const matched = [...answers.values()].filter((match) => match !== 'failed' && match.length > 0).length;
  return [
    { figure: `matcher.seconds.${size}`, value: round(seconds), unit: 's' },
    { figure: `matcher.cpu_seconds.${size}`, value: round(cpuSeconds), unit: 's' },
    { figure: `matcher.stall_ms.${size}`, value: round(stallMs), unit: 'ms' },
    { figure: `matched.${size}`, value: matched, unit: '' },
    { figure: `topics.${size}`, value: answers.size, unit: '' },
  ];
}

function countDisagreements(expected: Ids, answers: Ids): number {
  const idsOf = (match: readonly { readonly id: string }[] | 'failed' = 'failed') =>
    match === 'failed' ? match : match.map(({ id }) => id).join(' ');
  return [...expected].filter(([topic, papers]) => idsOf(answers.get(topic)) !== idsOf(papers)).length;
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
