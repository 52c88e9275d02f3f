import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Paper } from '../../src/papers/paper.ts';
import type { Figure } from '../figure.ts';
import { readAllPapers, readPapers } from '../read-collected.ts';
import { Queries } from '../schema.ts';
import { openArchiveEngine } from './archive-engine.ts';
import type { Engine } from './engine.ts';
import { createFts5Engine } from './fts5-engine.ts';
import { GROWN_PAPERS, growPapers } from './grow-papers.ts';
import { createMiniSearchEngine } from './minisearch-engine.ts';
import { type BenchQuery, KINDS } from './make-queries.ts';
import { isInTopTen, precision, quantile, reciprocalRank } from './score.ts';

const BATCH = 500;
const WARM_UP = 20;
const MB = 1_048_576;

/** One engine in a process of its own: `node measure-engine.ts ENGINE STEP ARCHIVE QUERIES [LISTS]`; prints its figures. */
const { positionals } = parseArgs({ allowPositionals: true });
const [name = '', step = '', file = '', queriesFile = '', lists] = positionals;
const before = residentMb();
const engine = open(name);
const figures: Figure[] = [];
if (step !== 'query') {
  const seconds = await build(engine);
  figures.push({ figure: 'build_s', value: seconds, unit: 's' });
  if (name === 'archive') figures.push({ figure: 'file_mb', value: statSync(file).size / MB, unit: 'MB' });
  // Its code is compiled then, as the bot's is at every start but the first.
  await engine.search('attention');
}
if (step !== 'build' && step !== 'grow') {
  const queries = Queries.parse(readFileSync(queriesFile, 'utf8'));
  figures.push(...(await ask(engine, queries)));
  figures.push({ figure: 'rss_mb', value: residentMb() - before, unit: 'MB' });
}
await engine.close();
console.log(JSON.stringify(figures));

function open(engineName: string): Engine {
  if (engineName === 'archive') return openArchiveEngine(file);
  if (engineName === 'fts5') return createFts5Engine('plain');
  if (engineName === 'fts5_stems') return createFts5Engine('stems');
  return createMiniSearchEngine(engineName === 'minisearch_plain' ? 'plain' : 'forgiving');
}

/** Only the engine's own time counts, not that of reading the papers. */
async function build(built: Engine): Promise<number> {
  let batch: Paper[] = [];
  let spent = 0;
  const add = (): void => {
    const startedAt = performance.now();
    built.add(batch);
    spent += performance.now() - startedAt;
    batch = [];
  };
  for await (const { summary: _hidden, ...paper } of papersToAdd()) {
    batch.push(paper);
    if (batch.length === BATCH) add();
  }
  add();
  return spent / 1000;
}

/** The papers that there are; one by one, so that an engine that is not ours need not share its memory with them. */
async function* papersToAdd(): AsyncGenerator<Paper> {
  if (step === 'grow') yield* growPapers(await readAllPapers(lists), GROWN_PAPERS);
  else yield* readPapers(lists);
}

async function ask(asked: Engine, queries: readonly BenchQuery[]): Promise<readonly Figure[]> {
  for (const { text } of queries.slice(0, WARM_UP)) await asked.search(text);
  const measured: Figure[] = [];
  for (const kind of KINDS) {
    const times: number[] = [];
    const scores: number[] = [];
    const hits: boolean[] = [];
    const ofKind = queries.filter((query) => query.kind === kind);
    if (ofKind.length === 0) continue;
    const spentBefore = process.cpuUsage();
    for (const { text, right } of ofKind) {
      const startedAt = performance.now();
      const found = await asked.search(text);
      times.push(performance.now() - startedAt);
      scores.push(kind === 'author' ? precision(found, right) : reciprocalRank(found, right));
      hits.push(isInTopTen(found, right));
    }
    const { user, system } = process.cpuUsage(spentBefore);
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    measured.push(
      { figure: `${kind === 'author' ? 'precision' : 'mrr10'}.${kind}`, value: mean, unit: '' },
      { figure: `top10.${kind}`, value: hits.filter(Boolean).length / hits.length, unit: '' },
      { figure: `p50_ms.${kind}`, value: quantile(times, 0.5), unit: 'ms' },
      { figure: `p99_ms.${kind}`, value: quantile(times, 0.99), unit: 'ms' },
      { figure: `cpu_ms.${kind}`, value: (user + system) / 1000 / scores.length, unit: 'ms' },
      { figure: `n.${kind}`, value: scores.length, unit: '' },
    );
  }
  return [...measured, ...meanOfNames(measured)];
}

/** Over the ways in which a name is written. */
function meanOfNames(measured: readonly Figure[]): readonly Figure[] {
  const ways = measured.filter(({ figure }) => figure.startsWith('mrr10.names_'));
  if (ways.length === 0) return [];
  const sum = ways.reduce((total, { value }) => total + value, 0);
  return [{ figure: 'mrr10.names', value: sum / ways.length, unit: '' }];
}

/** After a collection of garbage, where the process was started with `--expose-gc`. */
function residentMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss / MB;
}
