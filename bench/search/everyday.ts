import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Paper } from '../../src/papers/paper.ts';
import { readPapers } from '../read-collected.ts';
import { openArchiveEngine } from './archive-engine.ts';

const TITLES = 3;

/**
 * Prints the first titles of what people look for every day, to be read by somebody who knows the field:
 * `node bench/search/everyday.ts [FOLDER OF LISTS]`.
 */
const [lists] = parseArgs({ allowPositionals: true }).positionals;
const queries = readFileSync(path.join(import.meta.dirname, 'everyday-queries.txt'), 'utf8')
  .trim()
  .split('\n');
const folder = mkdtempSync(path.join(tmpdir(), 'paperboy-bench-'));
const engine = openArchiveEngine(path.join(folder, 'archive.sqlite'));
const titles = new Map<string, string>();
try {
  const papers: Paper[] = [];
  for await (const paper of readPapers(lists)) {
    papers.push(paper);
    titles.set(paper.id, paper.title);
  }
  engine.add(papers);
  for (const query of queries) {
    const found = await engine.search(query);
    console.log(query);
    for (const id of found.slice(0, TITLES)) console.log(`    ${titles.get(id) ?? id}`);
  }
} finally {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
}
