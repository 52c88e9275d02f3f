import type { DatabaseSync } from 'node:sqlite';
import type { ArchivedPaper } from '../../../papers/paper.ts';
import { weighEqually } from '../../../topics/taste.ts';
import { type LikenessReader, matchAny } from '../queries/likeness.ts';
import { PAPER_COLUMNS, readPaper } from '../schema.ts';

/** Of those that have a word of the examples, the ones that are looked at. */
const GATHERED = 100;
const WEIGHTS = '3, 1, 1, 3, 0, 0, 0';

/** Other papers that are like some, nearest first. */
export function findSimilar(
  database: DatabaseSync,
  likeness: LikenessReader,
  { paperIds, limit }: { readonly paperIds: readonly string[]; readonly limit: number },
): readonly ArchivedPaper[] {
  const taste = likeness.tasteOf(weighEqually(paperIds), []);
  return database
    .prepare(
      `SELECT ${PAPER_COLUMNS} FROM words JOIN papers ON papers.number = words.rowid
       WHERE words MATCH ? ORDER BY bm25(words, ${WEIGHTS}), papers.id LIMIT ?`,
    )
    .all(matchAny(taste), GATHERED)
    .map(readPaper)
    .map((paper) => ({ paper, near: likeness.likenessOf(paper.id, paperIds) }))
    .filter(({ near }) => near > 0)
    .toSorted((a, b) => b.near - a.near)
    .slice(0, limit)
    .map(({ paper }) => paper);
}
