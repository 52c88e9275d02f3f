import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BenchOptions, Figure } from './figure.ts';
import { HAS_COLLECTED, readAllPapers } from './read-collected.ts';
import { GROWN_PAPERS } from './search/grow-papers.ts';
import { makeForeignQueries } from './search/make-foreign.ts';
import { KINDS, makeQueries } from './search/make-queries.ts';
import { readQuestions } from './search/read-questions.ts';
import { runEngine, type Step } from './search/run-engine.ts';
import { createRandom, draw } from './search/seeded-random.ts';

/** Queries of each kind. */
const QUERIES = 100;

/** What a search costs when the archive has 100,000 papers, beside what it costs now, with the same queries. */
export async function measureGrowth({ seed, lists, questions }: BenchOptions): Promise<readonly Figure[]> {
  if (!HAS_COLLECTED && lists === undefined) {
    throw new Error('The growth bench needs papers: ../shared/data is not there, and no --lists are given.');
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'paperboy-bench-'));
  try {
    const papers = await readAllPapers(lists);
    const random = createRandom(seed);
    const all = [
      ...makeQueries(papers, random),
      ...makeForeignQueries(papers, random),
      ...readQuestions(questions),
    ];
    const queries = path.join(folder, 'queries.json');
    const drawn = KINDS.flatMap((kind) =>
      draw(
        all.filter((query) => query.kind === kind),
        QUERIES,
        random,
      ),
    );
    writeFileSync(queries, JSON.stringify(drawn));
    const measure = (build: Step) => {
      const files = [path.join(folder, `${build}.sqlite`), queries, ...(lists === undefined ? [] : [lists])];
      return runEngine('archive', [build, 'query'], files);
    };
    return compare(await measure('build'), await measure('grow'), papers.length);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `times.…` is how many times as much processor time a query takes, which other work on the machine changes little. */
function compare(now: readonly Figure[], grown: readonly Figure[], papers: number): readonly Figure[] {
  const named = (figures: readonly Figure[], prefix: string) =>
    figures.map((figure) => ({ ...figure, figure: `${prefix}.${figure.figure}` }));
  const times = grown.flatMap(({ figure, value }): readonly Figure[] => {
    const before = now.find((one) => one.figure === figure)?.value ?? 0;
    if (!figure.startsWith('cpu_ms.') || before === 0) return [];
    const ratio = Number((value / before).toPrecision(3));
    return [{ figure: figure.replace('cpu_ms', 'growth.times'), value: ratio, unit: '' }];
  });
  return [
    { figure: 'papers', value: papers, unit: '' },
    { figure: 'growth.papers', value: GROWN_PAPERS, unit: '' },
    ...named(now, 'now'),
    ...named(grown, 'growth'),
    ...times,
  ];
}
