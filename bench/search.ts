import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BenchOptions, Figure } from './figure.ts';
import { HAS_COLLECTED, readAllPapers } from './read-collected.ts';
import { ENGINES } from './search/engine.ts';
import { makeForeignQueries } from './search/make-foreign.ts';
import { type BenchQuery, makeQueries } from './search/make-queries.ts';
import { readQuestions } from './search/read-questions.ts';
import { runEngine } from './search/run-engine.ts';
import { createRandom } from './search/seeded-random.ts';

/** How well and how fast `/search` finds what people look for, beside its peers on the same papers and queries. */
export async function measureSearch(options: BenchOptions): Promise<readonly Figure[]> {
  const { seed, lists } = options;
  if (!HAS_COLLECTED && lists === undefined) {
    throw new Error('The search bench needs papers: ../shared/data is not there, and no --lists are given.');
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'paperboy-bench-'));
  try {
    const papers = await readAllPapers(lists);
    const questions = readQuestions(options.questions);
    const queries = path.join(folder, 'queries.json');
    const made = [
      ...makeQueries(papers, createRandom(seed)),
      ...makeForeignQueries(papers, createRandom(seed)),
    ];
    writeFileSync(queries, JSON.stringify([...made, ...questions]));
    const known = new Set(papers.map(({ id }) => id));
    const figures: Figure[] = [
      { figure: 'papers', value: papers.length, unit: '' },
      { figure: 'unknown_papers', value: countUnknown(questions, known), unit: '' },
    ];
    for (const engine of ENGINES) {
      const files = [path.join(folder, 'archive.sqlite'), queries, ...(lists === undefined ? [] : [lists])];
      // The archive is on disk, so that it is built by one process and asked by another.
      const measured = await runEngine(engine, engine === 'archive' ? ['build', 'query'] : ['both'], files);
      figures.push(...measured.map((figure) => ({ ...figure, figure: `${engine}.${figure.figure}` })));
    }
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Questions about papers that are not there, which no engine can answer. */
function countUnknown(questions: readonly BenchQuery[], known: ReadonlySet<string>): number {
  return questions.filter(({ right }) => !right.some((id) => known.has(id))).length;
}
