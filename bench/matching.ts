import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PaperArchive } from '../src/papers/paper-archive.ts';
import { openSqliteArchive, type SqliteArchive } from '../src/storage/archive/sqlite-paper-archive.ts';
import type { ListDayRange, PaperSearch } from '../src/topics/paper-search.ts';
import type { MatchTopics } from '../src/topics/match-topics.ts';
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

interface Timing {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly longestSliceMs: number;
  /** Of this thread: what else the machine does is not in it. */
  readonly longestSliceCpuMs: number;
}

interface Run extends Timing {
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
    const topics = buildTopics(archive.search.listed({}), Math.max(...SIZES));
    const whole = measureArchive(archive.search, topics.slice(0, CHECKED), range);
    archive.close();

    const figures: Figure[] = [
      { figure: 'papers', value: papers, unit: '' },
      { figure: `archive.seconds.${CHECKED}`, value: round(whole.seconds), unit: 's' },
    ];
    for (const size of SIZES) {
      const { first, runs } = await measureSize(file, topics.slice(0, size), range);
      figures.push(...report(size, first, runs));
      if (size === CHECKED) {
        const value = countDisagreements(whole.answers, first.answers);
        figures.push({ figure: 'disagreements', value, unit: '' });
      }
    }
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
function measureArchive(search: PaperSearch, topics: readonly string[], range: ListDayRange) {
  const queries = topics.map((topic) => [topic, parseQuery(topic)] as const);
  const startedAt = performance.now();
  const answers: Answers = new Map(queries.map(([topic, query]) => [topic, search.match(query, range)]));
  return { seconds: (performance.now() - startedAt) / 1000, answers };
}

/** The first run compiles the topics; before each other one the archive is written to, so that nothing is kept but that. */
async function measureSize(file: string, topics: readonly string[], range: ListDayRange) {
  const archive = openSqliteArchive({ path: file });
  try {
    const first = await measureRun(archive, topics, range);
    const runs: Timing[] = [];
    for (let done = 0; done < RUNS; done += 1) {
      archive.archive.recordCollection(Date.now());
      const { answers: _dropped, ...run } = await measureRun(archive, topics, range);
      runs.push(run);
    }
    return { first, runs };
  } finally {
    archive.close();
  }
}

/** Beside the matching something else takes its turn whenever it can; the longest it had to wait is the longest slice. */
async function measureRun(
  { matchTopics }: SqliteArchive,
  topics: readonly string[],
  range: ListDayRange,
): Promise<Run> {
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  const longest = { wall: 0, cpu: 0 };
  let [turnAt, cpuAt] = [startedAt, threadCpuMs()];
  const takeTurn = (): void => {
    longest.wall = Math.max(longest.wall, performance.now() - turnAt);
    longest.cpu = Math.max(longest.cpu, threadCpuMs() - cpuAt);
    [turnAt, cpuAt] = [performance.now(), threadCpuMs()];
    turn = setImmediate(takeTurn);
  };
  let turn = setImmediate(takeTurn);
  const answers = await matchTopics(topics, range);
  clearImmediate(turn);
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - startedAt) / 1000;
  const cpuSeconds = (user + system) / 1e6;
  return { seconds, cpuSeconds, longestSliceMs: longest.wall, longestSliceCpuMs: longest.cpu, answers };
}

function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** The run in the middle by time; the longest slice by the thread's own time is that of all runs but the first. */
function report(size: number, first: Run, runs: readonly Timing[]): readonly Figure[] {
  const middle = runs.toSorted((a, b) => a.seconds - b.seconds)[Math.floor(runs.length / 2)] ?? first;
  const matched = [...first.answers.values()].filter((papers) => papers.length > 0).length;
  return [
    { figure: `matcher.seconds.${size}`, value: round(middle.seconds), unit: 's' },
    { figure: `matcher.cpu_seconds.${size}`, value: round(middle.cpuSeconds), unit: 's' },
    { figure: `matcher.first_seconds.${size}`, value: round(first.seconds), unit: 's' },
    { figure: `matcher.longest_slice_ms.${size}`, value: round(middle.longestSliceMs), unit: 'ms' },
    {
      figure: `matcher.longest_slice_cpu_ms.${size}`,
      value: round(Math.max(...runs.map((run) => run.longestSliceCpuMs))),
      unit: 'ms',
    },
    { figure: `matched.${size}`, value: matched, unit: '' },
    { figure: `topics.${size}`, value: first.answers.size, unit: '' },
  ];
}

function countDisagreements(expected: Answers, answers: Answers): number {
  const idsOf = (papers: Answers extends ReadonlyMap<string, infer P> ? P | undefined : never) =>
    papers?.map(({ id }) => id).join(' ');
  return [...expected].filter(([topic, papers]) => idsOf(answers.get(topic)) !== idsOf(papers)).length;
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
