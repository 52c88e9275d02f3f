import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { BenchOptions, Figure } from './figure.ts';
import { HAS_COLLECTED, readAllCollected } from './read-collected.ts';
import { NODE_FLAGS } from './measured-process.ts';
import { EngineReport } from './schema.ts';
import { ENGINES, type EngineName } from './search/engine.ts';
import { makeQueries } from './search/make-queries.ts';
import { createRandom } from './search/seeded-random.ts';

const SCRIPT = path.join(import.meta.dirname, 'search/measure-engine.ts');
const execute = promisify(execFile);

/** How well and how fast `/search` finds what people look for, beside MiniSearch on the same papers and queries. */
export async function measureSearch({ seed }: BenchOptions): Promise<readonly Figure[]> {
  if (!HAS_COLLECTED) {
    throw new Error('The search bench needs the collected papers in ../shared/data, which is not there.');
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'paperboy-bench-'));
  try {
    const papers = await readAllCollected();
    const queries = path.join(folder, 'queries.json');
    writeFileSync(queries, JSON.stringify(makeQueries(papers, createRandom(seed))));
    const figures: Figure[] = [{ figure: 'papers', value: papers.length, unit: '' }];
    for (const engine of ENGINES) {
      const measured = await measureEngine(engine, path.join(folder, 'archive.sqlite'), queries);
      figures.push(...measured.map((figure) => ({ ...figure, figure: `${engine}.${figure.figure}` })));
    }
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The archive is on disk, so that it is built by one process and asked by another, with the memory of `npm start`;
 * MiniSearch is all in memory, and has what Node gives it.
 */
async function measureEngine(
  engine: EngineName,
  archive: string,
  queries: string,
): Promise<readonly Figure[]> {
  const isOurs = engine === 'archive';
  const steps = isOurs ? ['build', 'query'] : ['both'];
  const figures: Figure[] = [];
  for (const step of steps) {
    const { stdout } = await execute(process.execPath, [
      '--expose-gc',
      ...(isOurs ? NODE_FLAGS : []),
      SCRIPT,
      engine,
      step,
      archive,
      queries,
    ]);
    figures.push(...EngineReport.parse(stdout));
  }
  return figures.map((figure) => ({ ...figure, value: Number(figure.value.toPrecision(4)) }));
}
