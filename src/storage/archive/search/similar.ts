import type { DatabaseSync } from 'node:sqlite';
import type { ArchivedPaper } from '../../../papers/paper.ts';
import { splitWords } from '../../../topics/query/fold-text.ts';
import { PAPER_COLUMNS, readPaper, CountRow } from '../schema.ts';
import { quote } from '../queries/compile-query.ts';

const TERMS = 24;
/** Of the papers; what more of them say tells them apart from none. */
const COMMON_SHARE = 0.1;
const SHORTEST = 3;
const WEIGHTS = '3, 1, 1, 3, 0, 0, 0';

/** Other papers that share a paper's rarest words, nearest first. */
export function findSimilar(
  database: DatabaseSync,
  paper: ArchivedPaper,
  limit: number,
): readonly ArchivedPaper[] {
  const terms = chooseTerms(database, paper);
  if (terms.length === 0) return [];
  return database
    .prepare(
      `SELECT ${PAPER_COLUMNS} FROM stems JOIN papers ON papers.number = stems.rowid
       WHERE stems MATCH ? AND papers.id <> ? ORDER BY bm25(stems, ${WEIGHTS}), papers.id LIMIT ?`,
    )
    .all(`{title abstract summary keyword} : (${terms.map(quote).join(' OR ')})`, paper.id, limit)
    .map(readPaper);
}

/** What only this paper says leads nowhere, and what many say says little. */
function chooseTerms(database: DatabaseSync, paper: ArchivedPaper): readonly string[] {
  const all = CountRow.parse(database.prepare('SELECT count(*) AS papers FROM papers').get()).papers;
  const papersOf = database.prepare('SELECT doc AS papers FROM vocabulary WHERE term = ?');
  const prominent = new Set([paper.title, ...paper.keywords].flatMap(splitWords));
  const words = new Set([...prominent, ...splitWords(paper.abstract)]);
  return [...words]
    .filter((word) => word.length >= SHORTEST)
    .flatMap((word) => {
      const row = papersOf.get(word);
      const papers = row === undefined ? 0 : CountRow.parse(row).papers;
      if (papers < 2 || papers > Math.max(2, all * COMMON_SHARE)) return [];
      return [{ word, weight: Math.log(all / papers) * (prominent.has(word) ? 2 : 1) }];
    })
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, TERMS)
    .map(({ word }) => word);
}
