import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import MiniSearch from 'minisearch';
import { buildLibraryPage } from '../commands/library/library.ts';
import { createCitations } from '../src/citations/create-citations.ts';
import { DEFAULT_LOCALE, textsFor } from '../src/discord/texts/texts.ts';
import type { Paper } from '../src/papers/paper.ts';
import { MOST_SAVED, type SavedPaper } from '../src/papers/saved-papers.ts';
import { openSqliteArchive } from '../src/storage/archive/sqlite-paper-archive.ts';
import { openLedger } from '../src/storage/ledger/open-ledger.ts';
import { systemClock } from '../src/system-clock.ts';
import { parseQuery } from '../src/topics/query/parse-query.ts';
import { printQuery } from '../src/topics/query/query.ts';
import type { Figure } from './figure.ts';
import { fillArchive } from './fill-archive.ts';
import { createRandom } from './search/seeded-random.ts';

const USER = '100000000000000001';
const QUERIES = 300;
const LOG = { info: () => undefined, warn: console.warn, error: console.error };

/** A full library: how long a page of it takes, whole and with a query, beside the same words in MiniSearch. */
export async function measureLibrary({ seed }: { readonly seed: number }): Promise<readonly Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'paperboy-bench-'));
  const file = path.join(folder, 'archive.sqlite');
  await fillArchive(file);
  const opened = openSqliteArchive({ path: file });
  const url = `sqlite://${path.join(folder, 'paperboy.sqlite')}`;
  const ledger = await openLedger({ url, clock: systemClock, log: LOG });
  const { archive, search } = opened;
  const { savedPapers, savedSearches } = ledger;
  const papers = archive
    .days(10_000)
    .flatMap(({ day }) => archive.papersOfDay(day))
    .slice(0, MOST_SAVED);
  try {
    await savedPapers.add(USER, papers.map(savePaper), MOST_SAVED);
    const queries = makeQueries(papers, createRandom(seed));
    const source = { paper: async () => undefined };
    const context = { archive, search, source, clock: systemClock, savedPapers, savedSearches };
    const texts = textsFor(DEFAULT_LOCALE);
    const view = { userId: USER, query: '', tag: '', sort: 'saved', page: 0 } as const;
    const show = async (query: string) => buildLibraryPage({ ...view, query }, { context, texts });
    await show(queries[0] ?? '');
    const found = await timeEach(queries, show);
    const whole = await timeEach(queries, () => show(''));
    const index = new MiniSearch<Paper>({
      fields: ['title', 'abstract', 'summary'],
      searchOptions: { combineWith: 'AND' },
    });
    index.addAll(papers);
    const mini = await timeEach(queries, async (query) => index.search(query));
    return [
      { figure: 'papers', value: papers.length, unit: '' },
      round('library.p50_ms', percentile(found, 0.5)),
      round('library.p99_ms', percentile(found, 0.99)),
      round('library.whole.p99_ms', percentile(whole, 0.99)),
      round('minisearch.p99_ms', percentile(mini, 0.99)),
      round('export.bibtex_ms', await timeExport(papers)),
    ];
  } finally {
    await ledger.close();
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every fifth has a note and a tag. */
function savePaper({ id }: Paper, index: number): SavedPaper {
  const words = index % 5 === 0 ? { note: `for the meeting of week ${index % 52}`, tags: ['to read'] } : {};
  return { userId: USER, paperId: id, savedAt: index, ...words };
}

/** Two words of a title each. */
function makeQueries(papers: readonly Paper[], random: () => number): readonly string[] {
  return Array.from({ length: QUERIES }, () => {
    const { title } = papers[Math.floor(random() * papers.length)] ?? { title: '' };
    const words = title.match(/[A-Za-z]{4,}/g) ?? ['agents'];
    const from = Math.floor(random() * words.length);
    return printQuery(parseQuery(words.slice(from, from + 2).join(' ')));
  });
}

async function timeExport(papers: readonly Paper[]): Promise<number> {
  const citations = createCitations();
  const begun = performance.now();
  await citations.write(
    papers.map((paper) => ({ paper, saved: {} })),
    'bibtex',
  );
  const ms = performance.now() - begun;
  await citations.close();
  return ms;
}

async function timeEach(
  queries: readonly string[],
  run: (query: string) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (const query of queries) {
    const begun = performance.now();
    await run(query);
    times.push(performance.now() - begun);
  }
  return times;
}

function percentile(times: readonly number[], part: number): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * part) - 1] ?? NaN;
}

function round(figure: string, value: number): Figure {
  return { figure, value: Number(value.toFixed(1)), unit: 'ms' };
}
